import Complaints

/// Access path to what waits for one reason, what has waited longest first: an index has no more than what waits, in that
/// order.
struct QueueWalk {
    let kind: QueueKind
    /// Which rows of the walk are meant.
    private(set) var list = ListSQL()
    /// Since when something waits, and the id of its row.
    private let since: String
    private let id: String
    private let asksForCases: Bool

    /// What waited at `now` and still does, after a place of the list if one is given.
    ///
    /// - Parameter isHistorical: whether something may have been recorded after `now`.
    init(
        _ kind: QueueKind, _ filter: QueueFilter, now: Instant, isHistorical: Bool, after: QueuePlace? = nil
    ) {
        self.kind = kind
        asksForCases = filter.team != nil || (filter.owner != nil && kind.matter != nil)
        if let matter = kind.matter {
            (since, id) = ("m.raised_at", "m.id")
            list.add("m.kind = '\(matter.rawValue)'")
            list.add("m.settled_at IS NULL")
            list.add("m.raised_at <= :now", "now", .instant(now))
            list.add("c.owner_id", names: filter.owner, as: .owner)
        } else if kind == .overdue {
            (since, id) = ("p.due_at", "p.id")
            list.add(PromiseStateSQL.toCustomer)
            list.add("p.recorded_at IS NULL")
            list.add("p.due_at < :now", "now", .instant(now))
            // What was made since may have been overdue at birth.
            if isHistorical { list.add("p.made_at <= :now") }
            list.add("p.owner_id", names: filter.owner, as: .owner)
        } else {
            (since, id) = ("p.asked_at", "p.id")
            list.add("p.recorded_at IS NULL AND p.asked_at IS NOT NULL AND p.accepted_at IS NULL")
            list.add("p.asked_at <= :now", "now", .instant(now))
            list.add("p.owner_id", names: filter.owner, as: .owner)
        }
        list.add("c.team_id", names: filter.team, as: .team)
        if let after {
            list.bind("after_since", .integer(after.since))
            list.bind("after_id", .integer(after.id))
            // The first condition lets the index find the place; the second one tells rows of one instant apart.
            list.add("\(since) >= :after_since")
            list.add("(\(since), \(id)) > (:after_since, :after_id)")
        }
    }

    var isOfPromises: Bool { kind.matter == nil }

    private var table: String {
        if !isOfPromises { return "matter m INDEXED BY matter_waiting" }
        return "promise p INDEXED BY \(kind == .overdue ? "promise_unsettled" : "promise_unaccepted")"
    }

    private var cases: String { "CROSS JOIN complaint_case c ON c.id = \(isOfPromises ? "p" : "m").case_id" }

    /// The tables that the conditions are about.
    var countedTables: String { asksForCases ? "\(table) \(cases)" : table }

    private static let matterColumns = "m.id, m.raised_at, m.seq, l.facts, l.texts, c.supervisor_id, c.owner_id"

    private var promiseColumns: String { "p.id, \(since), p.what, p.owner_id, p.made_by_id" }

    /// The first rows of the walk, with their cases and customers.
    func sql(limit: Int) -> String {
        let entry = isOfPromises ? "" : "CROSS JOIN case_log l ON l.case_id = m.case_id AND l.seq = m.seq"
        return """
            SELECT \(isOfPromises ? promiseColumns : Self.matterColumns), \(SummaryColumns.list)
            FROM \(table)
            \(cases)
            CROSS JOIN customer u ON u.id = c.customer_id
            \(entry)
            \(list.whereClause)
            ORDER BY \(since), \(id)
            LIMIT \(limit)
            """
    }
}
