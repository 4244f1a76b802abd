import Complaints

/// Access path to what waits for one reason, what has waited longest first: an index has no more than what waits, in that
/// order. As of an earlier instant, what has been settled since comes in besides, by an index on when that was.
struct QueueWalk {
    /// What is walked, and where it says since when something waits, and for whom. No row is in two of them.
    private struct Source {
        let table: String
        let since: String
        /// Whose promise it is; for anything else, whose case.
        let owner: String
        var conditions: [String]
    }

    /// What the rows are.
    enum Subject {
        case promise, matter, `case`
        /// A matter that is a promise which came up the ladder.
        case step

        /// What a statement calls it.
        var table: String {
            switch self {
            case .promise: "p"
            case .matter, .step: "m"
            case .case: "c"
            }
        }
    }

    let kind: QueueKind
    let subject: Subject
    /// Which rows of the walk are meant.
    private(set) var list = ListSQL()
    private var sources: [Source]
    private let asksForCases: Bool
    private let caseOwner: String
    private let caseSupervisor: String
    private let caseStatus: String
    private let caseColumns: [String]
    /// Of a promise that came up the ladder.
    private var stepOwner = ""

    /// What waited at the transaction's instant, after a place of the list if one is given.
    init(
        _ rank: QueueRank, _ filter: QueueFilter, in transaction: ReadTransaction, after: QueuePlace? = nil
    ) throws {
        kind = rank.kind
        subject =
            switch kind {
            case .deadline: .case
            case .ladder: .step
            default: kind.matter == nil ? .promise : .matter
            }
        let isHistorical = transaction.isHistorical
        asksForCases = subject != .case && (filter.team != nil || (filter.owner != nil && subject == .matter))
        caseOwner = try transaction.caseField("owner")
        caseSupervisor = try transaction.caseField("supervisor")
        caseStatus = transaction.statusOfCase
        caseColumns = try ["regime", "team"].map(transaction.caseField)
        list.bind("now", .instant(transaction.asOf))
        if let matter = kind.matter {
            stepOwner = isHistorical ? ReadTransaction.ownerAsOf : "p.owner_id"
            let owner = subject == .step ? Self.promise(stepOwner) : caseOwner
            sources = Self.matters(owner: owner, isHistorical: isHistorical)
            list.add("m.kind = '\(matter.rawValue)'")
            list.add("m.is_safety = \(rank.isSafety ? 1 : 0)")
            list.add("m.raised_at <= :now")
        } else if kind == .deadline {
            let deadline = try transaction.caseField("hard_deadline")
            sources = [
                Self.deadlines(deadline, owner: caseOwner, status: transaction.statusOfCase, isHistorical: isHistorical)
            ]
            list.bind("horizon", .instant(transaction.asOf + DeadlineLeft.horizon))
        } else if kind == .overdue {
            let owner = isHistorical ? ReadTransaction.ownerAsOf : "p.owner_id"
            // An index has the promises of each pair of parties by themselves.
            let parties: [(Promiser, Promisee)] = [(.desk, .customer), (.desk, .us), (.customer, .us)]
            sources = parties.flatMap { by, to in
                PromiseFilter.overdue.walks(isHistorical: isHistorical).map {
                    Source(
                        table: "promise p INDEXED BY \($0.index)", since: "p.due_at", owner: owner,
                        conditions: $0.conditions + ["p.promised_by = '\(by)'", "p.promised_to = '\(to)'"]
                            + (by == .customer ? [Self.nobodyChecksIn(isHistorical: isHistorical)] : []))
                }
            }
            list.add("p.due_at < :now")
            // What was made since may have been overdue at birth.
            if isHistorical { list.add("p.made_at <= :now") }
        } else {
            sources = Self.unaccepted(isHistorical: isHistorical)
            // What goes on from a duplicate waits since before it was made.
            if isHistorical { list.add("p.made_at <= :now") }
        }
        if let owner = filter.owner {
            list.bind(NameRole.owner.rawValue, .text(owner.folded))
            for index in sources.indices {
                sources[index].conditions.append(ListSQL.isNamed(sources[index].owner, as: .owner))
            }
        }
        try transaction.add(filter.team, as: .team, to: &list)
        if let after {
            list.bind("after_since", .integer(after.since))
            list.bind("after_id", .integer(after.id))
            for index in sources.indices {
                let since = sources[index].since
                // The first condition lets the index find the place; the second one tells rows of one instant apart.
                sources[index].conditions += [
                    "\(since) >= :after_since", "(\(since), \(id)) > (:after_since, :after_id)",
                ]
            }
        }
    }

    /// Open cases whose deadline is near or past. As of an earlier instant those come in besides whose status or deadline was
    /// another one then.
    private static func deadlines(_ deadline: String, owner: String, status: String, isHistorical: Bool) -> Source {
        guard isHistorical else {
            return Source(
                table: "complaint_case c INDEXED BY complaint_case_by_hard_deadline", since: deadline, owner: owner,
                conditions: ["c.status = 'open'", "c.hard_deadline IS NOT NULL", "c.hard_deadline <= :horizon"])
        }
        return Source(
            table: "complaint_case c NOT INDEXED", since: deadline, owner: owner,
            conditions: [
                """
                c.id IN (
                    SELECT d.id FROM complaint_case d INDEXED BY complaint_case_by_hard_deadline
                        WHERE d.status = 'open' AND d.hard_deadline IS NOT NULL AND d.hard_deadline <= :horizon
                    UNION ALL
                    SELECT s.case_id FROM status_change s INDEXED BY status_change_since WHERE s.recorded_at > :now
                    UNION ALL
                    SELECT f.about_id FROM field_change f INDEXED BY field_change_since
                        WHERE f.about = 'case' AND f.field = 'hard_deadline' AND f.recorded_at > :now)
                """,
                "c.opened_at <= :now", "\(status) = 'open'", "\(deadline) <= :horizon",
            ])
    }

    /// What the customer missed waits for nobody while the desk has promised to check in with them (`CaseFile.willCheckIn`).
    private static func nobodyChecksIn(isHistorical: Bool) -> String {
        """
        NOT EXISTS (SELECT 1 FROM promise o INDEXED BY promise_by_case
            WHERE o.case_id = p.case_id AND o.kind = '\(PromiseKind.checkIn.rawValue)' AND o.promised_by = 'desk'
                AND o.promised_to = 'customer' AND \(PromiseStateSQL(isHistorical: isHistorical).unsettled(of: "o"))
                AND o.made_at <= :now)
        """
    }

    private static func matters(owner: String, isHistorical: Bool) -> [Source] {
        func source(_ index: String, _ condition: String) -> Source {
            Source(
                table: "matter m INDEXED BY \(index)", since: "m.raised_at", owner: owner, conditions: [condition])
        }
        let waiting = source("matter_waiting", "m.settled_at IS NULL")
        return isHistorical ? [waiting, source("matter_settled", "m.settled_at > :now")] : [waiting]
    }

    /// What a promise has that came up the ladder.
    private static func promise(_ column: String) -> String {
        """
        (SELECT \(column) FROM case_log s JOIN promise p ON p.id = s.promise_id
            WHERE s.case_id = m.case_id AND s.seq = m.seq)
        """
    }

    /// Promises that wait for their owner's word; those that were answered or settled since; and those that were given
    /// away since, which waited for the owner before.
    private static func unaccepted(isHistorical: Bool) -> [Source] {
        // What was taken back is as it was before it was given away: by the row alone it would be so all the while.
        let isInOneHand = "NOT EXISTS (SELECT 1 FROM owner_change n WHERE n.promise_id = p.id AND n.recorded_at > :now)"
        func source(_ table: String, _ conditions: String...) -> Source {
            Source(
                table: table, since: "p.asked_at", owner: "p.owner_id",
                conditions: conditions + ["p.asked_at <= :now"] + (isHistorical ? [isInOneHand] : []))
        }
        let waiting = source(
            "promise p INDEXED BY promise_unaccepted", PromiseStateSQL.unaccepted)
        guard isHistorical else { return [waiting] }
        let answered = source(
            "promise p INDEXED BY promise_answered",
            "p.asked_at IS NOT NULL AND coalesce(p.accepted_at, p.recorded_at) > :now")
        let given = Source(
            table: "owner_change o INDEXED BY owner_change_since CROSS JOIN promise p ON p.id = o.promise_id",
            since: "o.from_asked_at", owner: "o.from_owner_id",
            conditions: [
                "o.recorded_at > :now", "o.from_asked_at <= :now", "coalesce(o.from_accepted_at > :now, 1)",
                """
                o.id = (SELECT n.id FROM owner_change n WHERE n.promise_id = p.id AND n.recorded_at > :now
                    ORDER BY n.id LIMIT 1)
                """,
            ])
        return [waiting, answered, given]
    }

    private var id: String { "\(subject.table).id" }

    private var cases: String {
        subject == .case ? "" : "CROSS JOIN complaint_case c ON c.id = \(subject.table).case_id"
    }

    /// The tables that the conditions are about.
    var counted: [CountedWalk] {
        sources.map { source in
            CountedWalk(
                tables: asksForCases ? "\(source.table) \(cases)" : source.table, conditions: source.conditions)
        }
    }

    private func columns(since: String, owner: String) -> String {
        switch subject {
        case .promise: "p.id, \(since), p.what, \(owner), p.promised_by, p.promised_to, \(caseStatus) = 'open'"
        case .matter: "m.id, \(since), m.seq, l.facts, l.texts, \(caseSupervisor), \(caseOwner), l.actor_id"
        case .step: "m.id, \(since), p.id, p.what, p.promised_to, p.due_at, l.facts, \(stepOwner), \(caseSupervisor)"
        case .case: "c.id, \(since), \(owner), \(caseColumns.joined(separator: ", "))"
        }
    }

    /// The first rows of the walk, with their cases and customers. Of several sources each gives no more than so many, and
    /// the first of all of these are meant.
    func sql(limit: Int) -> String {
        let rest = """
            \(cases)
            CROSS JOIN customer u ON u.id = c.customer_id
            \(subject.table == "m" ? "CROSS JOIN case_log l ON l.case_id = m.case_id AND l.seq = m.seq" : "")
            \(subject == .step ? "CROSS JOIN promise p ON p.id = l.promise_id" : "")
            """
        if sources.count == 1 {
            return """
                SELECT \(columns(since: sources[0].since, owner: sources[0].owner)), \(SummaryColumns.list)
                FROM \(sources[0].table)
                \(rest)
                \(list.adding(sources[0].conditions).whereClause)
                ORDER BY \(sources[0].since), \(id)
                LIMIT \(limit)
                """
        }
        let parts = zip(sources, counted).map { source, counted in
            """
            SELECT * FROM (SELECT \(id) AS id, \(source.since) AS since, \(subject == .promise ? source.owner : "NULL") AS owner
                FROM \(counted.tables) \(list.adding(source.conditions).whereClause)
                ORDER BY \(source.since), \(id) LIMIT \(limit))
            """
        }
        return """
            SELECT \(columns(since: "w.since", owner: "w.owner")), \(SummaryColumns.list)
            FROM (\(parts.joined(separator: "\nUNION ALL\n")) ORDER BY 2, 1 LIMIT \(limit)) w
            CROSS JOIN \(subject == .promise ? "promise p ON p.id = w.id" : "matter m ON m.id = w.id")
            \(rest)
            ORDER BY w.since, w.id
            """
    }
}
