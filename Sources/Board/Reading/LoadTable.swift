import CaseAPI
import Complaints

/// What each of the team carries, and what nobody does.
struct LoadTable {
    /// What nobody has to keep or handles, as it is counted of somebody.
    struct Unowned {
        let overdue: String
        let dueToday: String
        let open: String
        let cases: String
        /// Where all of it is.
        let link: String

        /// Whether there is any of it.
        fileprivate var isThere: Bool {
            [overdue, dueToday, open, cases].contains { !$0.utf8.elementsEqual("0".utf8) }
        }
    }

    private let owners: [JSONValue]
    private let unowned: Unowned
    private let clock: PageClock
    /// What it is not narrowed down by; nil where there is nothing to say.
    var scope: String?

    init(_ owners: [JSONValue], unowned: Unowned, _ clock: PageClock) {
        (self.owners, self.unowned, self.clock) = (owners, unowned, clock)
    }

    /// For the template `load`.
    var values: [String: Any] {
        let rows = (unowned.isThere ? [nobody] : []) + owners.map(row)
        var values: [String: Any] = [
            "title": Texts.loadTitle, "columns": Texts.loadColumns, "hasRows": !rows.isEmpty, "none": Texts.none,
            "rows": rows, "scope": false,
        ]
        if let scope { values["scope"] = scope }
        return values
    }

    /// Before everybody else, as it is for everybody.
    private var nobody: [String: Any] {
        [
            "name": Texts.unowned, "link": unowned.link, "open": unowned.open, "overdue": unowned.overdue,
            "dueToday": unowned.dueToday, "cases": unowned.cases,
            "isLate": !unowned.overdue.utf8.elementsEqual("0".utf8),
        ]
    }

    private func row(_ owner: JSONValue) -> [String: Any] {
        let name = owner["name"].text ?? ""
        var values: [String: Any] = [
            "name": name, "link": clock.link(Link.owner(name)), "open": owner["open"].integer ?? 0,
            "overdue": owner["overdue"].integer ?? 0, "dueToday": owner["due_today"].integer ?? 0,
            "cases": owner["open_cases"].integer ?? 0, "isLate": (owner["overdue"].integer ?? 0) > 0,
        ]
        if owner["absent"].isTrue { values["absent"] = Texts.absent }
        return values
    }
}
