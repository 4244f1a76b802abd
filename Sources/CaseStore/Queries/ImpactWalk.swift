import Complaints

/// Walk through what is unsettled, oldest due first, for what a policy made by itself and would be due otherwise now. It goes
/// a piece at a time, so that it can end anywhere, and on from there: what a promise would be due at is reckoned in Swift.
struct ImpactWalk {
    /// How many promises are read at once.
    private static let longestPiece = 1_000
    /// What reckoning one due is in steps of SQLite's virtual machine.
    private static let stepsOfDue = 200

    /// A promise that would be due otherwise.
    struct Found {
        let key: PageKey
        /// From when its time is counted.
        let countedFrom: Instant
        /// With the calendar of the team of its case.
        let policy: Policy
    }

    /// What came of a walk.
    struct Outcome {
        /// In their order.
        var promises: [Found] = []
        /// How far it looked, where it ended for that; nil where it was ended by what it found, or saw all there is.
        var end: PageKey?
    }

    private let policy: Policy
    private let transaction: ReadTransaction
    private let walks: [PromiseWalk]
    private let list: ListSQL
    /// How many promises one walk looks at, whosever they are.
    private let limit: Int
    private let pieceLimit: Int
    private let isMeant: String
    private let team: String

    init(of policy: Policy, in transaction: ReadTransaction) throws {
        self.policy = policy
        self.transaction = transaction
        limit = transaction.impactLimit
        pieceLimit = min(Self.longestPiece, limit)
        var filter = PromiseFilter()
        filter.states = [.open, .overdue]
        walks = filter.walks(isHistorical: transaction.isHistorical)
        var list = try transaction.listSQL(filter)
        let policyID = try PolicySQL(in: transaction, binding: &list).value(\.id)
        list.bind("policy_id", .integer(policy.id))
        self.list = list
        isMeant = "CASE WHEN \(Self.isOwn) THEN \(policyID) = :policy_id ELSE 0 END"
        team = try transaction.caseField(NameRole.team.rawValue)
    }

    /// The first promises after a place, no more than so many.
    func found(after start: PageKey?, upTo most: Int) throws -> Outcome {
        var outcome = Outcome()
        var policies: [Int64?: Policy] = [:]
        var place = start
        var seen = 0
        while outcome.promises.count < most {
            let piece = try piece(after: place)
            for candidate in piece {
                place = candidate.key
                guard candidate.isMeant else { continue }
                let policy = try policies[candidate.team] ?? withCalendar(ofTeam: candidate.team)
                policies[candidate.team] = policy
                transaction.meter.add(Self.stepsOfDue)
                guard policy.ownDue(of: candidate.kind, from: candidate.countedFrom)?.instant != candidate.dueAt else {
                    continue
                }
                outcome.promises.append(
                    Found(key: candidate.key, countedFrom: candidate.countedFrom, policy: policy))
                if outcome.promises.count == most { return outcome }
            }
            guard piece.count == pieceLimit else { return outcome }
            seen += piece.count
            if seen >= limit {
                outcome.end = place
                return outcome
            }
        }
        return outcome
    }

    private func withCalendar(ofTeam id: Int64?) throws -> Policy {
        try transaction.withCalendar(policy, ofTeam: transaction.names.spelling(id, transaction.db))
    }

    /// A promise that the walk comes by.
    private struct Candidate {
        let key: PageKey
        let dueAt: Instant
        let kind: PromiseKind
        let countedFrom: Instant
        /// The name of the team of its case.
        let team: Int64?
        /// Whether the policy made it, or would have.
        let isMeant: Bool
    }

    private func piece(after place: PageKey?) throws -> [Candidate] {
        var list = self.list
        if let place {
            list.bind("after_due_at", .integer(place.value))
            list.bind("after_id", .integer(place.id))
            list.add("p.due_at >= :after_due_at")
            list.add("(p.due_at, p.id) > (:after_due_at, :after_id)")
        }
        let parts = walks.map { walk in
            """
            SELECT * FROM (SELECT p.id, p.due_at FROM promise p INDEXED BY \(walk.index)
                \(list.adding(walk.conditions).whereClause) ORDER BY p.due_at, p.id LIMIT \(pieceLimit))
            """
        }
        let sql = """
            SELECT p.id, p.due_at, p.kind, \(Self.countedFrom), \(team), \(isMeant)
            FROM (\(parts.joined(separator: "\nUNION ALL\n")) ORDER BY 2, 1 LIMIT \(pieceLimit)) w
            CROSS JOIN promise p ON p.id = w.id
            CROSS JOIN complaint_case c ON c.id = p.case_id
            ORDER BY w.due_at, w.id
            """
        var piece: [Candidate] = []
        piece.reserveCapacity(pieceLimit)
        try transaction.statements.rows(sql, list.values, transaction.db) { row in
            piece.append(
                Candidate(
                    key: PageKey(value: row.integer(1), id: row.integer(0)), dueAt: row.instant(1),
                    kind: try row.word(2), countedFrom: row.instant(3), team: row.optionalInteger(4),
                    isMeant: row.flag(5)))
            return true
        }
        return piece
    }

    private static let isOwn = """
        p.made_by_id = (SELECT id FROM name WHERE role = 'actor' AND spelling = '\(Actor.policy.name)')
            AND NOT p.imported AND p.transferred_from IS NULL AND p.clock IS NULL
        """

    /// From when the time of a promise that the policy made is counted: an acknowledgement's from the receipt, unless it was
    /// made as the case was opened again, as any other's from its making.
    private static let countedFrom = """
        (CASE WHEN p.kind = 'acknowledge' AND (p.made_at = c.opened_at OR NOT EXISTS (SELECT 1 FROM status_change s
                WHERE s.case_id = p.case_id AND s.recorded_at = p.made_at AND s.status = 'open'))
            THEN c.received_at ELSE p.made_at END)
        """
}
