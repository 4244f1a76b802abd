import Complaints

/// The names that the rows of a file give something to: whether anybody was known by each of them before the file, whatever
/// its rows have made of that since.
public struct GivenNames: Sendable {
    /// Past so many names it forgets and starts again.
    private static let limit = 100_000

    private let mustBeKnown: Bool
    private var known: [FoldedName: Bool] = [:]
    private var nearest: [FoldedName: String?] = [:]

    /// None yet.
    ///
    /// - Parameter mustBeKnown: whether a row that gives something to somebody who is not known is refused.
    public init(mustBeKnown: Bool = false) {
        self.mustBeKnown = mustBeKnown
    }

    /// What is wrong with the names that a row gives something to, and which of them nobody was known by.
    ///
    /// - Parameters:
    ///   - named: whom promises and cases are given to, or were in the past.
    ///   - people: others who are named: that nobody is known by such a name is only said.
    ///   - owner: whom something is taken from, who is as known later as now.
    ///   - isNew: whether it is given now, and not in the past: who takes on nothing new is given none.
    mutating func look(
        at named: [NamedOwner], people: [String], takingFrom owner: String? = nil, isNew: Bool = false,
        _ record: ReadTransaction
    ) throws -> (issues: [FieldIssue], new: [String]) {
        var issues: [FieldIssue] = []
        var new: [FoldedName: String] = [:]
        if let owner { _ = try isKnown(FoldedName(owner), orSomebody: false, record) }
        for named in named {
            let name = FoldedName(named.name)
            if isNew, try record.owner(name)?.fields.active == false {
                issues.append(FieldIssue(named.path, .inactiveOwner, RequestForm.row.ofInactive(named.name)))
            } else if try !isKnown(name, orSomebody: false, record) {
                if mustBeKnown {
                    let unknown = NewName(named.name, nearest: try nearest(to: name, record))
                    issues.append(FieldIssue(named.path, .unknownOwner, RequestForm.row.ofUnknown(unknown)))
                } else {
                    new[name] = named.name
                }
            }
        }
        for person in people {
            let name = FoldedName(person)
            if new[name] == nil, try !isKnown(name, orSomebody: true, record) { new[name] = person }
        }
        return (issues, new.values.sorted { ExactText($0) < ExactText($1) })
    }

    private mutating func isKnown(
        _ name: FoldedName, orSomebody: Bool, _ record: ReadTransaction
    ) throws -> Bool {
        let isKnown: Bool
        if let known = known[name] {
            isKnown = known
        } else {
            isKnown = try record.isKnown(name, as: record.owner(name))
            if known.count >= Self.limit { known.removeAll() }
            known[name] = isKnown
        }
        return try isKnown || orSomebody && record.isSomebody(name)
    }

    private mutating func nearest(to name: FoldedName, _ record: ReadTransaction) throws -> String? {
        if let nearest = nearest[name] { return nearest }
        let found = try record.nearestOwner(to: name)
        if nearest.count >= Self.limit { nearest.removeAll() }
        nearest.updateValue(found, forKey: name)
        return found
    }
}
