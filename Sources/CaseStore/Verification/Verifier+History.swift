import Complaints
import GRDB

/// What fields were before, beside what the log says of their edits.
extension Verifier {
    /// Every kept value is of a field of something that is there, by an entry of that instant; every edit that the log tells
    /// of is kept, as it says; and moods are those that were observed.
    mutating func checkHistory() throws {
        try checkHistoryIsLogged()
        try checkHistoryOfVersions()
        try checkHistory(of: Case.self, entries: Self.editsOfCases)
        try checkHistory(of: Customer.self, entries: Self.edits(.customerUpdated))
        try checkHistory(of: Policy.self, entries: Self.edits(.policyUpdated))
        try checkHistory(of: Owner.self, entries: Self.edits(.ownerUpdated))
        try checkHistoryOfNamings()
        try checkHistoryOfMerges()
        try checkHistoryOfMoods()
        try checkHistoryOfSupervisors()
    }

    private static func isField<Record: HistoricRecord>(_: Record.Type) -> String {
        let fields = Record.historicFields.map { "'\($0.name)'" }.joined(separator: ", ")
        return "f.about = '\(Record.subject.rawValue)' AND f.field IN (\(fields))"
    }

    /// That an entry of `case_log l` says something of the field of `field_change f`, or of a part of it.
    private static let isSaid: String =
        "("
        + FieldType.allParts.map { part in
            let name = "'[\"' || f.field || '\(part.isEmpty ? "" : "_\(part)")\",'"
            return "instr(l.facts, \(name)) > 0 OR instr(coalesce(l.texts, ''), \(name)) > 0"
        }.joined(separator: " OR ") + ")"

    private mutating func checkHistoryIsLogged() throws {
        try addFirst(
            "history",
            """
            SELECT f.about, f.about_id, f.field FROM field_change f
            WHERE NOT CASE f.about
                WHEN 'case' THEN \(Self.isField(Case.self)) AND EXISTS (SELECT 1 FROM case_log l
                    WHERE l.case_id = f.about_id AND l.recorded_at = f.recorded_at AND (
                        l.kind = 'case_updated' AND (\(Self.isSaid) OR f.field IN ('mood_before', 'edits'))
                        OR l.kind = 'mood' AND f.field IN ('mood', 'mood_before', 'edits')
                        OR l.kind IN ('escalated', 'supervisor_joined') AND f.field IN ('supervisor', 'edits')))
                WHEN 'customer' THEN \(Self.isField(Customer.self)) AND (EXISTS (SELECT 1 FROM case_log l
                        WHERE l.about = 'customer' AND l.about_id = f.about_id AND l.recorded_at = f.recorded_at
                            AND (\(Self.isSaid) OR f.field IN ('updated_at', 'version')
                                OR f.field IN ('merged_into', 'merged_at') AND instr(l.facts, '["into",') > 0
                                    AND l.kind IN ('customer_merged', 'customer_unmerged')
                                OR f.field = 'has_merged' AND NOT coalesce(f.before, 0) AND instr(l.facts, '["from",') > 0
                                    AND l.kind = 'customer_merged'))
                    OR f.field IN ('updated_at', 'version') AND EXISTS (SELECT 1 FROM relationship_decision r
                        WHERE r.customer_id = f.about_id AND r.recorded_at = f.recorded_at))
                WHEN 'owner' THEN \(Self.isField(Owner.self)) AND EXISTS (SELECT 1 FROM case_log l
                    WHERE l.about = 'owner' AND l.about_id = f.about_id AND l.recorded_at = f.recorded_at
                        AND (l.kind = 'owner_updated' AND (\(Self.isSaid) OR f.field IN ('updated_at', 'version'))
                            -- Who was not named yet had nothing to be told of them.
                            OR l.kind = 'owner_named' AND CASE f.field WHEN 'active' THEN f.before IS 1
                                WHEN 'updated_at' THEN 1 WHEN 'version' THEN f.before IS 0 ELSE f.before IS NULL END))
                ELSE \(Self.isField(Policy.self)) AND EXISTS (SELECT 1 FROM case_log l
                    WHERE l.about = 'policy' AND l.about_id = f.about_id AND l.recorded_at = f.recorded_at
                        AND (\(Self.isSaid) OR f.field IN ('updated_at', 'version'))) END
            LIMIT 1
            """
        ) { row in
            "What \(row.text(2)) of \(row.text(0)) \(row.integer(1)) is kept to have been no entry tells of."
        }
    }

    /// A case's edits go up to today's. How often, and when, a customer or a policy had been changed before is counted from
    /// the log: of those who were changed before it told of that, from their first entry on.
    private mutating func checkHistoryOfVersions() throws {
        try addFirst(
            "history",
            """
            SELECT f.about_id FROM field_change f
            WHERE f.about = 'case' AND f.field = 'edits' AND (f.before < 0 OR f.before >= coalesce(
                (SELECT n.before FROM field_change n WHERE n.about = f.about AND n.about_id = f.about_id
                    AND n.field = f.field AND n.recorded_at > f.recorded_at ORDER BY n.recorded_at LIMIT 1),
                (SELECT c.edits FROM complaint_case c WHERE c.id = f.about_id)))
            LIMIT 1
            """
        ) { "What edits of case \($0.integer(0)) is kept to have been it can't have been." }
        try addFirst(
            "history",
            """
            SELECT f.about_id, f.about, f.field FROM field_change f
            WHERE f.before IS NULL AND f.field IN ('edits', 'version', 'updated_at')
            LIMIT 1
            """
        ) { "What \($0.text(2)) of \($0.text(1)) \($0.integer(0)) was is not kept." }
        try addFirst("history", Self.wrongVersion(.customer, Self.countedCustomers)) {
            "What \($0.text(1)) of customer \($0.integer(0)) is kept to have been is not what the log counts."
        }
        try addFirst("history", Self.wrongVersion(.policy, Self.countedPolicies)) {
            "What \($0.text(1)) of policy \($0.integer(0)) is kept to have been is not what the log counts."
        }
        try addFirst("history", Self.wrongVersion(.owner, Self.countedOwners)) {
            "What \($0.text(1)) of owner \($0.integer(0)) is kept to have been is not what the log counts."
        }
    }

    /// The first one of which something else is kept than is counted in `counted`; a time that nobody
    /// knows may be any, and who was changed in the batch that made them was never seen otherwise.
    private static func wrongVersion(_ subject: HistorySubject, _ counted: String) -> String {
        """
        WITH \(counted)
        SELECT n.id, e.field FROM counted n, (SELECT 'version' AS field UNION ALL SELECT 'updated_at') e
        WHERE NOT EXISTS (SELECT 1 FROM field_change f WHERE f.about = '\(subject.rawValue)' AND f.about_id = n.id
                AND f.field = e.field AND f.recorded_at = n.at
                AND (f.before = CASE e.field WHEN 'version' THEN n.version ELSE n.updated END
                    OR e.field = 'updated_at' AND n.updated IS NULL))
            AND NOT (e.field = 'updated_at' AND (n.updated IS NULL AND n.may_be_unknown OR n.updated = n.at))
        LIMIT 1
        """
    }

    private static let countedCustomers = """
        change (id, at) AS (
            SELECT l.about_id, l.recorded_at FROM case_log l WHERE l.about = 'customer'
            UNION
            SELECT r.customer_id, r.recorded_at FROM relationship_decision r),
        told (id, at, version, entry, decision, is_unlogged, made) AS (
            SELECT c.id, c.at,
                coalesce(b.version, 1)
                    + (SELECT count(*) FROM case_log l
                        WHERE l.about = 'customer' AND l.about_id = c.id AND l.recorded_at < c.at)
                    + (SELECT count(*) FROM relationship_decision r
                        WHERE r.customer_id = c.id AND r.recorded_at < c.at),
                (SELECT max(l.recorded_at) FROM case_log l
                    WHERE l.about = 'customer' AND l.about_id = c.id AND l.recorded_at < c.at),
                (SELECT max(r.recorded_at) FROM relationship_decision r
                    WHERE r.customer_id = c.id AND r.recorded_at < c.at),
                b.about_id IS NOT NULL, u.recorded_at
            FROM change c JOIN customer u ON u.id = c.id
                LEFT JOIN unlogged b ON b.about = 'customer' AND b.about_id = c.id
            WHERE b.about_id IS NULL OR c.at >= (SELECT min(l.recorded_at) FROM case_log l
                WHERE l.about = 'customer' AND l.about_id = c.id)),
        counted (id, at, version, updated, may_be_unknown) AS (
            SELECT t.id, t.at, t.version, CASE WHEN NOT t.is_unlogged OR t.entry IS NOT NULL
                THEN max(coalesce(t.entry, t.made), coalesce(t.decision, t.made)) END, t.is_unlogged
            FROM told t)
        """

    /// When a database was made is nowhere else, so when a policy that came with it was first changed before is not known.
    private static let countedPolicies = """
        counted (id, at, version, updated, may_be_unknown) AS (
            SELECT DISTINCT c.about_id, c.recorded_at,
                coalesce((SELECT b.version FROM unlogged b WHERE b.about = 'policy' AND b.about_id = c.about_id),
                        p.severity IS NOT NULL)
                    + (SELECT count(*) FROM case_log l
                        WHERE l.about = 'policy' AND l.about_id = c.about_id AND l.recorded_at < c.recorded_at),
                (SELECT max(l.recorded_at) FROM case_log l
                    WHERE l.about = 'policy' AND l.about_id = c.about_id AND l.recorded_at < c.recorded_at),
                p.severity IS NOT NULL
            FROM case_log c JOIN policy p ON p.id = c.about_id
            WHERE c.about = 'policy' AND c.kind = 'policy_updated' AND c.recorded_at > p.recorded_at)
        """

    private static let countedOwners = """
        counted (id, at, version, updated, may_be_unknown) AS (
            SELECT DISTINCT c.about_id, c.recorded_at,
                (SELECT count(*) FROM case_log l WHERE l.about = 'owner' AND l.about_id = c.about_id
                    AND l.kind IN ('owner_named', 'owner_updated') AND l.recorded_at < c.recorded_at),
                coalesce((SELECT max(l.recorded_at) FROM case_log l WHERE l.about = 'owner' AND l.about_id = c.about_id
                    AND l.kind IN ('owner_named', 'owner_updated') AND l.recorded_at < c.recorded_at), o.recorded_at), 0
            FROM case_log c JOIN owner o ON o.id = c.about_id
            WHERE c.about = 'owner' AND c.kind IN ('owner_named', 'owner_updated') AND c.recorded_at > o.recorded_at)
        """

    private static let editsOfCases = """
        SELECT l.case_id, l.seq, l.recorded_at, l.facts, l.texts, l.salt IS NULL
        FROM case_log l WHERE l.kind = 'case_updated' ORDER BY l.id
        """

    private static func edits(_ kind: LogKind) -> String {
        """
        SELECT l.about_id, l.seq, l.recorded_at, l.facts, l.texts, l.salt IS NULL
        FROM case_log l WHERE l.kind = '\(kind.rawValue)' ORDER BY l.id
        """
    }

    /// What entries of other kinds change too, or what is kept beside what is edited.
    private static let keptBeside: Set = ["mood", "mood_before", "supervisor", "edits", "updated_at", "version"]

    /// Of several edits in a batch the first one counts.
    private mutating func checkHistory<Record: HistoricRecord>(of _: Record.Type, entries: String) throws {
        var detail: String?
        var batch: (at: Instant, seen: Set<String>) = (.earliest, [])
        let fields = Record.historicFields.filter {
            [.policy, .owner].contains(Record.subject)
                ? !["updated_at", "version"].contains($0.name) : !Self.keptBeside.contains($0.name)
        }
        try rows(entries) { row in
            let (id, recordedAt) = (row.integer(0), row.instant(2))
            if recordedAt != batch.at { batch = (recordedAt, []) }
            let said = try FactCoding.decode(row.text(3)) + (row.optionalText(4).map(FactCoding.decode) ?? [])
            let texts = Dictionary(said.map { ($0.name, $0.value) }) { first, _ in first }
            let kept = try kept(Record.self, of: id, at: recordedAt)
            for field in fields {
                let names = field.type.parts.map { $0.isEmpty ? field.name : "\(field.name)_\($0)" }
                guard names.contains(where: { texts[$0] != nil }), batch.seen.insert("\(id) \(field.name)").inserted,
                    !(row.flag(5) && field.privacy.leavesLog)
                else { continue }
                let before = kept[field.name].map { field.type.texts($0) }
                let isAsSaid = zip(names, before ?? names.map { _ in nil }).allSatisfy { name, before in
                    texts[name] == nil || (texts["\(name)_before"].map(Self.words) ?? "").isExactly(before ?? "")
                }
                guard before == nil || !isAsSaid else { continue }
                detail =
                    "What \(field.name) of \(Record.subject.rawValue) \(id) is kept to have been is not what its entry "
                    + "\(row.integer(1)) says."
                return false
            }
            return true
        }
        if let detail { add("history", detail) }
    }

    /// As a field's value is written.
    private static func words(_ value: Fact.Value) -> String {
        switch value {
        case .text(let text): text
        case .integer(let integer): String(integer)
        case .texts, .boolean, .instant: preconditionFailure("\(value) is no value of a field that was edited")
        }
    }

    private func kept<Record: HistoricRecord>(
        _: Record.Type, of id: Int64, at instant: Instant
    ) throws -> [String: EditedValue?] {
        var kept: [String: EditedValue?] = [:]
        try transaction.statements.rows(
            Self.keptAt, db,
            bind: { row in
                row.add(Record.subject.rawValue)
                row.add(id)
                row.add(instant)
            }
        ) { row in
            let name = row.text(0)
            guard let field = Record.historicFields.first(where: { $0.name.isExactly(name) }) else { return }
            kept.updateValue(try HistoryColumn(field).value(row, at: 1, names: names, db), forKey: field.name)
        }
        return kept
    }

    private static let keptAt = SQL(
        "SELECT field, before FROM field_change WHERE about = ? AND about_id = ? AND recorded_at = ?")

    private mutating func checkHistoryOfMoods() throws {
        let id = try firstID(
            """
            WITH observed AS (
                SELECT l.case_id, l.seq, l.kind, l.recorded_at, m.value ->> 1 AS mood,
                    lag(m.value ->> 1) OVER (PARTITION BY l.case_id ORDER BY l.seq) AS before
                FROM case_log l, json_each(l.facts) m
                WHERE l.kind IN ('case_opened', 'case_updated', 'mood') AND m.value ->> 0 = 'mood'),
            changed AS (
                SELECT case_id, recorded_at, before, min(seq) FROM observed
                WHERE kind <> 'case_opened' AND before <> mood GROUP BY case_id, recorded_at)
            SELECT c.case_id FROM changed c WHERE NOT EXISTS (SELECT 1 FROM field_change f
                WHERE f.about = 'case' AND f.about_id = c.case_id AND f.field = 'mood'
                    AND f.recorded_at = c.recorded_at AND f.before = c.before)
            LIMIT 1
            """)
        if let id {
            add("history", "What the mood of the customer of case \(id) is kept to have been nobody observed.")
        }
    }

    /// Whoever was asked, or joined, in the place of somebody else is kept with who that was. Entries of before did not say
    /// so: then it is who the entry before names. A case that is opened with a supervisor, by policy, had nobody before.
    private mutating func checkHistoryOfSupervisors() throws {
        let name = "SELECT n.id FROM name n WHERE n.role = 'supervisor' AND n.spelling = c.was"
        let id = try firstID(
            """
            WITH told AS (
                SELECT l.case_id, l.seq, l.recorded_at,
                    nullif((SELECT f.value ->> 1 FROM json_each(l.texts) f WHERE f.value ->> 0 = 'supervisor'), '')
                        AS supervisor,
                    (SELECT f.value ->> 1 FROM json_each(l.texts) f WHERE f.value ->> 0 = 'supervisor_before') AS before
                FROM case_log l
                WHERE l.kind IN ('escalated', 'supervisor_joined') OR l.kind = 'case_updated' AND EXISTS (
                    SELECT 1 FROM json_each(l.texts) f WHERE f.value ->> 0 = 'supervisor')),
            changed AS (
                SELECT t.case_id, t.seq, t.recorded_at, t.supervisor,
                    coalesce(t.before, lag(t.supervisor) OVER (PARTITION BY t.case_id ORDER BY t.seq)) AS was
                FROM told t),
            first AS (
                SELECT c.case_id, c.recorded_at, c.was,
                    row_number() OVER (PARTITION BY c.case_id, c.recorded_at ORDER BY c.seq) AS place
                FROM changed c WHERE c.was IS NOT c.supervisor)
            SELECT c.case_id FROM first c
            WHERE c.place = 1 AND c.recorded_at > (SELECT o.opened_at FROM complaint_case o WHERE o.id = c.case_id)
                AND NOT EXISTS (SELECT 1 FROM field_change f WHERE f.about = 'case' AND f.about_id = c.case_id
                    AND f.field = 'supervisor' AND f.recorded_at = c.recorded_at AND (f.before IS (\(name))
                        -- A name is kept as it was first spelled.
                        OR c.was IS NOT NULL AND NOT EXISTS (\(name))))
            LIMIT 1
            """)
        if let id { add("history", "Who the supervisor of case \(id) was before is not kept.") }
        try addFirst(
            "history",
            """
            SELECT f.about_id FROM field_change f JOIN complaint_case c ON c.id = f.about_id
            JOIN case_log o ON o.case_id = c.id AND o.kind = 'case_opened'
            WHERE f.about = 'case' AND f.field = 'supervisor' AND f.recorded_at <= c.opened_at AND f.before IS NOT NULL
                AND NOT instr(coalesce(o.texts, ''), '["supervisor",')
            LIMIT 1
            """
        ) { "Case \($0.integer(0)) is kept to have had a supervisor before it was opened." }
    }
}
