import Complaints
import GRDB

extension ReadTransaction {
    /// Somebody who is away, or will be, as of the record's instant.
    struct AwayOwner {
        let owner: Owner
        let absence: Absence
        /// By whose clocks.
        let zone: Zone
    }

    /// All of them. There are as many as a desk has people.
    func absences() throws -> [AwayOwner] {
        let book = try calendarBook()
        return try allOwners().compactMap { owner in
            guard let absence = owner.away.absence else { return nil }
            let zone = ownerRules.zone(of: owner, by: book, at: asOf)
            guard absence.until >= CivilDate(of: asOf, in: zone) else { return nil }
            return AwayOwner(owner: owner, absence: absence, zone: zone)
        }
    }

    /// Whom to turn to instead of those who are away on the day of the record's instant, where that is somebody in particular.
    func standIns() throws -> [FoldedName: String] {
        var found: [FoldedName: String] = [:]
        for away in try absences() where away.absence.contains(CivilDate(of: asOf, in: away.zone)) {
            found[FoldedName(away.owner.name)] = away.absence.standIn
        }
        return found
    }

    /// How many promises of the desk, to customers and to itself, are somebody's, not settled, and due in an absence.
    func due(in absence: Absence, of name: String, _ zone: Zone) throws -> Int {
        let dues = absence.dues(in: zone)
        var filter = PromiseFilter()
        filter.to = nil
        filter.states = [.open, .overdue]
        filter.owner = name
        (filter.dueAfter, filter.dueBefore) = dues
        return try total(of: filter)
    }

    /// That a promise of `owner`, the id of a name, is due while they are away.
    ///
    /// - Returns: the condition, and what `:absences` is in it: a list of the id of each spelling with the first due of the absence
    ///   and the first one after it.
    func isInAbsence(_ owner: String) throws -> (condition: String, absences: String) {
        let spans = try absences().flatMap { away in
            let dues = away.absence.dues(in: away.zone)
            return try names.alike(away.owner.name, .owner, db).map { id in
                "[\(id),\(dues.first.milliseconds),\(dues.next.milliseconds)]"
            }
        }
        let condition = """
            EXISTS (SELECT 1 FROM json_each(:absences) a
                WHERE a.value ->> 0 = \(owner) AND p.due_at >= a.value ->> 1 AND p.due_at < a.value ->> 2)
            """
        return (condition, "[\(spans.joined(separator: ","))]")
    }
}
