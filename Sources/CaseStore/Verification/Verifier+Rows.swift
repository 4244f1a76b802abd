import Complaints
import GRDB

/// The rows of customers, policies and tokens beside the log. What was there before the log told of it counts as it was
/// then: `unlogged` has it.
extension Verifier {
    mutating func checkRows() throws {
        for sort in LogSubject.Sort.allCases {
            guard let row = try LoggedRow(sort, db, transaction.statements) else { continue }
            try checkLastEntries(of: sort, row)
        }
        try checkChanges()
        try checkCustomers()
        try checkCustomerKeys()
        try checkMerges()
        try checkPolicies()
        try checkTokens()
        try checkOwners()
        try checkWebhooks()
        try checkEpochs()
        try checkVersionedRecords()
    }

    /// What findings about things of that sort are called.
    private static func check(of sort: LogSubject.Sort) -> String {
        switch sort {
        case .case: "cases"
        case .customer: "customers"
        case .policy: "policies"
        case .token: "tokens"
        case .owner: "owners"
        case .calendar: "calendars"
        case .regime: "regimes"
        case .webhook: "webhooks"
        case .epoch: "epochs"
        }
    }

    /// Each row is as the last entry about it left it, each version of a thing as its own entry did, and the entries about it
    /// have no gap.
    private mutating func checkLastEntries(of sort: LogSubject.Sort, _ loggedRow: LoggedRow) throws {
        let isLast = """
            NOT EXISTS (SELECT 1 FROM case_log n
                WHERE n.about = l.about AND n.about_id = l.about_id AND n.seq > l.seq)
            """
        var detail: String?
        try rows(
            """
            SELECT l.about_id, l.seq, l.salt, l.row_digest, \(isLast) AND l.seq <>
                (SELECT count(*) FROM case_log n WHERE n.about = l.about AND n.about_id = l.about_id)
            FROM case_log l
            WHERE l.about = '\(sort.rawValue)'\(sort.version == nil ? " AND \(isLast)" : "")
            """
        ) { row in
            let (number, seq, salt) = (row.integer(0), row.integer(1), row.optionalBytes(2))
            let covered = try loggedRow.bytes(number, seq: seq)
            if row.flag(4) {
                detail = "The log of \(sort.rawValue) \(number) lacks an entry."
            } else if salt.flatMap({ salt in covered.map { LogChain.digest(ofRow: $0, salt: salt) } }) != row.bytes(3) {
                detail =
                    sort.version == nil
                    ? "The row of \(sort.rawValue) \(number) is not as the last entry about it left it."
                    : "Version \(seq) of \(sort.rawValue) \(number) is not as its entry in the log says."
            }
            return detail == nil
        }
        if let detail { add(Self.check(of: sort), detail) }
    }

    /// What an entry says that a field was before is what the entry before it left. The words of who was erased are gone.
    private mutating func checkChanges() throws {
        var found: VerificationFinding?
        var subject: LogSubject?
        var known: [String: String] = [:]
        try rows(
            """
            SELECT l.case_id, l.about, l.about_id, l.seq, l.kind, l.facts, l.texts FROM case_log l
            WHERE l.about IS NOT NULL AND l.salt IS NOT NULL
            ORDER BY l.about, l.about_id, l.seq
            """
        ) { row in
            let about = try row.subject(caseID: 0, about: 1)
            if about != subject { (subject, known) = (about, [:]) }
            for change in try LoggedChange.all(kind: row.word(4), facts: row.text(5), texts: row.optionalText(6)) {
                if let left = known[change.name], !change.goesOn(from: left) {
                    found = VerificationFinding(
                        check: Self.check(of: about.sort),
                        detail: "The \(change.name) of \(about.text) was changed between two entries of the log: entry "
                            + "\(row.integer(3)) found another one than the last one left.")
                }
                known[change.name] = change.after
            }
            return found == nil
        }
        if let found { add(found.check, found.detail) }
    }

    /// A customer's version counts the entries about them and the decisions about going on with them, and they were last
    /// changed when the last of these was written.
    private mutating func checkCustomers() throws {
        let last = "(SELECT max(l.recorded_at) FROM case_log l WHERE l.about = 'customer' AND l.about_id = u.id)"
        let lastChange = """
            max(u.recorded_at, coalesce(u.relationship_at, u.recorded_at), coalesce(\(last), u.recorded_at))
            """
        let id = try firstID(
            """
            SELECT u.id FROM customer u LEFT JOIN unlogged b ON b.about = 'customer' AND b.about_id = u.id
            WHERE u.version <> coalesce(b.version, 1)
                    + (SELECT count(*) FROM case_log l WHERE l.about = 'customer' AND l.about_id = u.id)
                    + (SELECT count(*) FROM relationship_decision r WHERE r.customer_id = u.id)
                OR CASE WHEN b.version IS NULL OR \(last) IS NOT NULL THEN u.updated_at <> \(lastChange)
                    ELSE u.updated_at < \(lastChange) END
            LIMIT 1
            """)
        let strange = try firstID(
            """
            SELECT u.id FROM customer u
            WHERE NOT EXISTS (SELECT 1 FROM complaint_case c INDEXED BY complaint_case_by_customer
                WHERE c.customer_id = u.id)
                AND NOT EXISTS (SELECT 1 FROM field_change f INDEXED BY field_change_since
                    WHERE f.about = 'case' AND f.field = 'customer_id' AND f.before = u.id)
            LIMIT 1
            """)
        if let strange { add("customers", "Customer \(strange) came with no case.") }
        if let id { add("customers", "Customer \(id) was changed more often, or at another time, than the log says.") }
    }

    /// A policy's version counts the entries about it, the one by which it was made among them; those of the severities came
    /// with the database, and are as a new one has them while there is none. A name is folded as it is written.
    private mutating func checkPolicies() throws {
        try addFirst(
            "policies",
            """
            SELECT coalesce(p.name, p.severity) FROM policy p LEFT JOIN unlogged b ON b.about = 'policy' AND b.about_id = p.id
            WHERE p.version <> coalesce(b.version, p.severity IS NOT NULL)
                + (SELECT count(*) FROM case_log l WHERE l.about = 'policy' AND l.about_id = p.id)
            LIMIT 1
            """
        ) { "The policy \($0.text(0)) was changed more often than the log says, or less." }
        try addFirst(
            "policies",
            """
            SELECT p.name FROM policy p
            WHERE p.severity IS NULL AND NOT EXISTS (SELECT 1 FROM case_log l WHERE l.about = 'policy' AND l.about_id = p.id
                AND l.seq = 1 AND l.kind = 'policy_added' AND l.recorded_at = p.recorded_at)
            LIMIT 1
            """
        ) { "The policy \($0.text(0)) is there, and the log does not say that it was made." }
        try addFirst(
            "policies",
            """
            WITH made (at) AS (
                SELECT p.updated_at FROM policy p WHERE p.severity IS NOT NULL AND p.version = 1
                    AND NOT EXISTS (SELECT 1 FROM case_log l WHERE l.about = 'policy' AND l.about_id = p.id)
                UNION ALL
                SELECT f.before FROM field_change f JOIN policy p ON p.id = f.about_id AND p.severity IS NOT NULL
                WHERE f.about = 'policy' AND f.field = 'updated_at' AND EXISTS (SELECT 1 FROM field_change v
                    WHERE v.about = f.about AND v.about_id = f.about_id AND v.field = 'version' AND v.before = 1
                        AND v.recorded_at = f.recorded_at))
            SELECT count(DISTINCT at) FROM made HAVING count(DISTINCT at) > 1
            """
        ) { "Policies that came with the database have \($0.integer(0)) times at which it was made." }
        var wrong: String?
        try rows("SELECT name, folded FROM policy WHERE name IS NOT NULL") { row in
            if row.optionalText(1).map({ !row.text(0).folded.isExactly($0) }) ?? true { wrong = row.text(0) }
            return wrong == nil
        }
        if let wrong { add("policies", "The policy \(wrong) is folded otherwise than it is written.") }
        let made = try Self.newPolicies.get()
        let now = try Self.policies(db, transaction.statements)
        for severity in Severity.allCases where now[severity.number] != made[severity.number] {
            let isTold = try db.first(
                """
                SELECT EXISTS (SELECT 1 FROM case_log l WHERE l.about = 'policy' AND l.about_id = \(severity.number))
                    OR EXISTS (SELECT 1 FROM unlogged b WHERE b.about = 'policy' AND b.about_id = \(severity.number))
                """
            ) { $0.flag(0) }
            guard isTold != true else { continue }
            return add("policies", "The policy \(severity.rawValue) was changed, and the log does not say so.")
        }
    }

    /// Those of a new database, by their numbers.
    private static let newPolicies = Result {
        try DatabaseQueue(configuration: .unobserved("casekeeper.made")).write { db in
            _ = try Migrator(path: ":memory:").applyMissing(db)
            return try policies(db, StatementCache())
        }
    }

    private static func policies(_ db: Database, _ statements: StatementCache) throws -> [Int64: [UInt8]] {
        // When a database was made is nowhere else.
        try LoggedRow(.policy, without: ["updated_at"], db, statements)?.bytesOfAll() ?? [:]
    }

    /// Every token was made by an entry, and none is gone.
    private mutating func checkTokens() throws {
        try addFirst(
            "tokens",
            """
            SELECT t.id FROM token t
            WHERE NOT EXISTS (SELECT 1 FROM unlogged b WHERE b.about = 'token' AND b.about_id = t.id)
                AND NOT EXISTS (SELECT 1 FROM case_log l
                    WHERE l.about = 'token' AND l.about_id = t.id AND l.seq = 1 AND l.kind = 'token_created')
            LIMIT 1
            """
        ) { "Token \($0.integer(0)) is there, and the log does not say that it was made." }
        try addFirst(
            "tokens",
            """
            SELECT b.about_id FROM unlogged b
            WHERE b.about = 'token' AND NOT EXISTS (SELECT 1 FROM token t WHERE t.id = b.about_id)
            LIMIT 1
            """
        ) { "Token \($0.integer(0)) is not there any more." }
    }

    /// Every owner was named by an entry, or is told of by one alone, be it that of a token of theirs; their version counts those
    /// that changed something, and without any there is nothing but a name; a name is folded as it is written.
    private mutating func checkOwners() throws {
        try addFirst(
            "owners",
            """
            SELECT o.id FROM owner o
            WHERE NOT EXISTS (SELECT 1 FROM case_log l WHERE l.about = 'owner' AND l.about_id = o.id
                        AND l.seq = 1 AND l.kind IN ('owner_named', 'handover') AND l.recorded_at = o.recorded_at)
                    AND NOT EXISTS (SELECT 1 FROM token t JOIN case_log l
                            ON l.about = 'token' AND l.about_id = t.id AND l.kind = 'token_created'
                        WHERE t.owner_id = o.id AND t.created_at = o.recorded_at AND EXISTS (SELECT 1
                            FROM json_each(l.texts) f WHERE f.value ->> 0 = 'owner' AND f.value ->> 1 = o.name))
                OR o.version = 0 AND (o.email IS NOT NULL OR o.team IS NOT NULL OR o.time_zone IS NOT NULL OR NOT o.active
                    OR o.absence_from IS NOT NULL)
                OR o.version <> (SELECT count(*) FROM case_log l
                    WHERE l.about = 'owner' AND l.about_id = o.id AND l.kind IN ('owner_named', 'owner_updated'))
                OR o.updated_at <> coalesce((SELECT max(l.recorded_at) FROM case_log l
                    WHERE l.about = 'owner' AND l.about_id = o.id AND l.kind IN ('owner_named', 'owner_updated')),
                    o.recorded_at)
            LIMIT 1
            """
        ) { "Owner \($0.integer(0)) was named or changed otherwise than the log says." }
        let parts = "(SELECT sum(f.value ->> 1) FROM json_each(h.facts) f WHERE f.value ->> 0 IN ('promises', 'cases'))"
        try addFirst(
            "owners",
            """
            SELECT h.about_id, h.seq FROM case_log h
            WHERE h.kind = 'handover' AND \(parts) <> (SELECT count(*) FROM case_log l
                WHERE l.id > h.id AND l.id <= h.id + \(parts) AND l.recorded_at = h.recorded_at
                    AND l.kind IN ('promise_reassigned', 'case_updated') AND instr(l.facts, '["handover",' || h.seq || ']'))
            LIMIT 1
            """
        ) { "Handover \($0.integer(1)) of owner \($0.integer(0)) says that more went over, or less, than did." }
        var wrong: String?
        try rows("SELECT name, folded FROM owner") { row in
            if !row.text(0).folded.isExactly(row.text(1)) { wrong = row.text(0) }
            return wrong == nil
        }
        if let wrong { add("owners", "The owner \(wrong) is folded otherwise than they are written.") }
    }
}
