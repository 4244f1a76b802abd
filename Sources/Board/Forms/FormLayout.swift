import CaseAPI
import Complaints

/// Where the fields of a form stand: those that are always wanted at its head, what belongs together under a heading of its own, and what
/// can be left out as a whole folded away until something is in it. Which these are follows from the body, and from what the rules ask for
/// as things are.
struct FormLayout {
    private(set) var head: [String] = []
    private(set) var groups: [FormView.Group] = []
    private(set) var folds: [FormView.Fold] = []

    /// How the customer was told belongs to whatever they were told of.
    private static let neverFolded = "customer_notified"
    /// What people say of a promise that is made with something else, in their order; all else of it is seldom wanted.
    private static let said = [
        "what", "due_at", "due_in", "due_in_business", "due_on", "at", "owner", "next_step",
    ]
    /// What goes on, of which the customer needs one.
    private static let timeline = ["next_promise", "resolve"]

    /// - Parameters:
    ///   - asked: the fields, in their order.
    ///   - seldom: those of them that are seldom wanted.
    init(_ asked: [String], of body: BodyFields, _ needs: FormNeeds, seldom: [String] = []) {
        var parts: [(name: String, fields: [String])] = []
        var others: [String] = []
        for name in asked {
            let path = name.split(separator: "/").map(String.init)
            if path.count > 1 {
                let index = parts.firstIndex { $0.name.isExactly(path[0]) } ?? parts.endIndex
                if index == parts.endIndex { parts.append((path[0], [])) }
                parts[index].fields.append(name)
            } else if seldom.contains(where: { $0.isExactly(name) }) {
                others.append(name)
            } else {
                head.append(name)
            }
        }
        for (name, fields) in parts {
            let title = Texts.label(of: [name])
            let isWanted = needs.wantsTimeline && Self.timeline.contains { $0.isExactly(name) }
            let isNeeded = fields.contains { needs.has($0) || body[$0]?.isNeeded ?? false }
            let (usual, rest) = Self.parted(fields, of: name)
            if isWanted || isNeeded || name.isExactly(Self.neverFolded) {
                let more = rest.isEmpty ? [] : [FormView.Fold(title: Texts.seldomWanted, asked: rest, named: 1)]
                groups.append(FormView.Group(title: title, asked: usual, folds: more, named: 1))
            } else {
                folds.append(FormView.Fold(title: title, asked: usual + rest, named: 1))
            }
        }
        if !others.isEmpty { folds.append(FormView.Fold(title: Texts.seldomWanted, asked: others)) }
    }

    /// The fields of a promise, those first that people say of one; of anything else, all of them as they are.
    private static func parted(_ fields: [String], of part: String) -> (usual: [String], rest: [String]) {
        func has(_ name: String) -> Bool { fields.contains { $0.isExactly("\(part)/\(name)") } }
        guard has("what"), has("due_at") else { return (fields, []) }
        let usual = said.filter(has).map { "\(part)/\($0)" }
        return (usual, fields.filter { field in !usual.contains { $0.isExactly(field) } })
    }
}
