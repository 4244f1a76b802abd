import Complaints
import GRDB

/// What a promise's row says besides what its own entries do, beside the entries that it follows from.
extension Verifier {
    mutating func checkPromiseDetails() throws {
        try checkOwners()
        let made = "('promise_made', 'promise_reassigned', 'promise_declined')"
        let entry = "SELECT 1 FROM case_log l WHERE l.case_id = p.case_id"
        // Whoever makes a promise tells of it, unless they say that they could not.
        let tells = """
            (p.notified_outcome <> '\(ContactOutcome.attempted.rawValue)'
                OR p.notified_outcome IS NULL AND p.made_by_id <> coalesce((SELECT n.id FROM name n
                    WHERE n.role = 'actor' AND n.spelling = '\(Actor.policy.name)'), 0))
            """
        // What goes on from a duplicate has what it had there (`checkTransfers`), until something comes of it here.
        let before = "SELECT 1 FROM promise q WHERE q.id = p.transferred_from"
        try check(
            """
            SELECT p.id FROM promise p JOIN case_log m ON m.case_id = p.case_id AND m.promise_id = p.id
                AND m.kind = 'promise_made'
            WHERE p.transferred_from IS NULL AND p.maker_token_id IS NOT CASE WHEN p.made_by_id <> coalesce((SELECT n.id FROM name n
                WHERE n.role = 'actor' AND n.spelling = '\(Actor.policy.name)'), 0) THEN m.token_id END
            """, "was made with another token")
        try check(
            """
            SELECT p.id FROM promise p LEFT JOIN case_log s ON s.case_id = p.case_id AND s.promise_id = p.id
                AND s.recorded_at = p.recorded_at AND s.kind IN (\(Self.words(LogKind.settling)))
            WHERE p.settled_by_id IS NOT s.actor_id
                OR p.recorded_at IS NULL AND (p.reason_settled IS NOT NULL OR p.evidence IS NOT NULL
                    OR p.explanation_settled IS NOT NULL)
            """, "was settled by somebody else, or with other words,")
        try check(
            """
            SELECT p.id FROM promise p WHERE p.told_recorded_at IS NOT NULL
                AND NOT EXISTS (\(before) AND q.told_recorded_at = p.told_recorded_at AND q.told_at = p.told_at) AND (
                NOT EXISTS (\(entry) AND l.recorded_at = p.told_recorded_at
                    AND (l.promise_id = p.id AND l.kind = 'promise_kept'
                        OR l.promise_id = p.id AND l.kind = 'promise_made' AND \(tells)
                        OR l.kind = 'customer_notified' AND coalesce(l.promise_id, p.id) = p.id
                            AND NOT instr(l.facts, '["outcome","attempted"]')))
                OR p.told_at NOT IN (p.made_at, coalesce(p.first_made_at, p.made_at), coalesce(p.notified_at, p.made_at),
                        coalesce(p.kept_at, p.made_at))
                    AND NOT EXISTS (\(entry) AND l.kind = 'customer_notified' AND l.at = p.told_at))
                OR (p.notified_at IS NULL) <> (p.notified_channel IS NULL)
                OR (p.notified_at IS NULL) <> (p.notified_outcome IS NULL)
            """, "was told of at another time")
        let policy = """
            coalesce((SELECT n.id FROM name n WHERE n.role = 'actor' AND n.spelling = '\(Actor.policy.name)'), 0)
            """
        // `CaseFile.mayBeKept(_:)`: nothing is kept before there is anything to keep.
        try check(
            """
            SELECT p.id FROM promise p JOIN complaint_case c ON c.id = p.case_id
            WHERE p.kept_at < coalesce(p.first_made_at, p.made_at) AND (p.made_by_id <> \(policy) OR p.imported = 1
                OR p.kept_at < CASE WHEN p.transferred_from IS NOT NULL THEN p.counted_from
                    WHEN p.clock IS NOT NULL THEN coalesce((SELECT s.requested_at FROM case_stage s
                        WHERE s.case_id = p.case_id AND s.number = p.stage), p.made_at)
                    WHEN p.made_at = c.opened_at THEN c.received_at ELSE p.made_at END)
            """, "was kept before there was anything to keep")
        // So does who keeps it.
        try check(
            """
            SELECT p.id FROM promise p WHERE p.told_at IS NULL AND (p.kept_at IS NOT NULL
                OR \(tells)
                OR p.promised_by = 'desk' AND p.promised_to = 'customer' AND EXISTS (\(entry)
                    AND l.kind = 'customer_notified' AND NOT instr(l.facts, '["outcome","attempted"]')
                    AND (l.promise_id = p.id OR l.promise_id IS NULL AND l.recorded_at > p.made_at
                        AND (p.recorded_at IS NULL OR l.recorded_at < p.recorded_at))))
            """, "was told of, and is not any more,")
        try check(
            """
            SELECT p.id FROM promise p WHERE p.asked_at IS NOT NULL
                    AND NOT EXISTS (\(before) AND q.asked_at = p.asked_at AND q.asked_by_id IS p.asked_by_id)
                    AND NOT EXISTS (\(entry)
                    AND l.promise_id = p.id AND l.recorded_at = p.asked_at AND CASE WHEN p.owner_id IS NULL
                        THEN l.kind = 'promise_declined' AND p.asked_by_id IS NULL
                        ELSE l.kind IN \(made) AND p.asked_by_id = l.actor_id END)
                OR p.asked_at IS NULL AND (p.asked_by_id IS NOT NULL OR p.owner_id IS NULL AND EXISTS (\(entry)
                    AND l.promise_id = p.id AND l.kind = 'promise_declined' AND NOT EXISTS (SELECT 1 FROM case_log r
                        WHERE r.case_id = l.case_id AND r.promise_id = p.id AND r.kind = 'promise_reassigned'
                            AND r.seq > l.seq)))
            """, "was given to its owner at another time, or by somebody else,")
        let upheld = "d.case_id = p.case_id AND d.promise_id = p.id AND d.kind = 'dispute_decision'"
        try check(
            """
            SELECT p.id FROM promise p LEFT JOIN case_log d ON \(upheld) AND instr(d.facts, '["upheld",true]')
            WHERE p.upheld_at IS NOT d.recorded_at
            """, "was found not to have been kept at another time")
        try check(
            """
            SELECT o.promise_id FROM owner_change o JOIN promise p ON p.id = o.promise_id
            WHERE NOT o.carried AND (NOT EXISTS (\(entry) AND l.promise_id = p.id AND l.recorded_at = o.recorded_at
                    AND l.kind = CASE o.declined WHEN 1 THEN 'promise_declined' ELSE 'promise_reassigned' END)
                OR o.from_asked_at IS NOT NULL
                    AND NOT EXISTS (\(before) AND q.asked_at = o.from_asked_at AND q.asked_by_id IS o.from_asked_by_id)
                    AND NOT EXISTS (\(entry)
                    AND l.promise_id = p.id AND l.recorded_at = o.from_asked_at AND CASE WHEN o.from_owner_id IS NULL
                        THEN l.kind = 'promise_declined' AND o.from_asked_by_id IS NULL
                        ELSE l.kind IN \(made) AND o.from_asked_by_id = l.actor_id END)
                OR o.from_asked_at IS NULL AND o.from_asked_by_id IS NOT NULL
                OR o.from_accepted_at IS NOT NULL
                    AND NOT EXISTS (\(before) AND q.accepted_at = o.from_accepted_at AND q.asked_at = o.from_asked_at)
                    AND NOT EXISTS (\(entry)
                    AND l.promise_id = p.id AND l.kind = 'promise_accepted' AND l.recorded_at = o.from_accepted_at)
                OR o.from_accepted_at IS NULL AND EXISTS (\(entry)
                    AND l.promise_id = p.id AND l.kind = 'promise_accepted'
                    AND l.recorded_at > o.from_asked_at AND l.recorded_at < o.recorded_at))
            """, "changed hands at another time")
        // An entry and a row for each change of hands, no more and no less.
        let handing = "('promise_reassigned', 'promise_declined')"
        try check(
            """
            SELECT p.id FROM case_log h JOIN promise p ON p.id = h.promise_id
            WHERE h.kind IN \(handing)
                AND (SELECT count(*) FROM owner_change o
                    WHERE o.promise_id = h.promise_id AND o.recorded_at = h.recorded_at AND NOT o.carried)
                <> (SELECT count(*) FROM case_log e WHERE e.case_id = h.case_id AND e.promise_id = h.promise_id
                    AND e.recorded_at = h.recorded_at AND e.kind IN \(handing))
            """, "changed hands more often, or less,")
    }

    private mutating func check(_ sql: String, _ what: String) throws {
        if let id = try firstID("\(sql) LIMIT 1") { add("promises", "Promise \(id) \(what) than its log says.") }
    }

    /// Whose a promise is, and was before each time that it changed hands.
    private mutating func checkOwners() throws {
        var found: Int64?
        try rows(
            """
            SELECT p.id, p.owner_id, l.texts FROM promise p JOIN case_log l ON l.id = (
                SELECT e.id FROM case_log e WHERE e.case_id = p.case_id AND e.promise_id = p.id
                    AND e.kind IN ('promise_made', 'promise_reassigned', 'promise_declined')
                ORDER BY e.seq DESC LIMIT 1)
            """
        ) { row in
            let owner = try names.spelling(row.optionalInteger(1), db)
            if !FactCoding.text("owner", in: row.text(2)).isExactly(owner) { found = row.integer(0) }
            return found == nil
        }
        // What changes hands twice at one instant has two entries of that instant, one of them for each.
        var change: (id: Int64, promise: Int64, isTold: Bool)?
        try rows(
            """
            SELECT o.id, p.id, o.from_owner_id, l.texts FROM owner_change o JOIN promise p ON p.id = o.promise_id
            JOIN case_log l ON l.case_id = p.case_id AND l.promise_id = p.id
                AND l.kind IN ('promise_reassigned', 'promise_declined') AND l.recorded_at = o.recorded_at
            WHERE NOT o.carried ORDER BY o.id
            """
        ) { row in
            if let last = change, last.id != row.integer(0), !last.isTold { found = found ?? last.promise }
            let owner = try names.spelling(row.optionalInteger(2), db)
            let isTold = FactCoding.text("owner_before", in: row.text(3)).isExactly(owner)
            let wasTold = change?.id == row.integer(0) && change?.isTold == true
            change = (row.integer(0), row.integer(1), isTold || wasTold)
            return found == nil
        }
        if let change, !change.isTold { found = found ?? change.promise }
        if let found { add("promises", "Promise \(found) is, or was, somebody else's than its log says.") }
    }

    /// Names are folded as they are written, and are of the role that what refers to them has.
    mutating func checkNames() throws {
        var wrong: String?
        try rows("SELECT spelling, folded FROM name") { row in
            if !row.text(0).folded.isExactly(row.text(1)) { wrong = row.text(0) }
            return wrong == nil
        }
        if let wrong { add("names", "The name \(wrong) is folded otherwise than it is written.") }
        let references: [(table: String, column: String, role: String)] = [
            ("complaint_case", "category_id", "category"), ("complaint_case", "owner_id", "owner"),
            ("complaint_case", "team_id", "team"), ("complaint_case", "supervisor_id", "supervisor"),
            ("promise", "owner_id", "owner"), ("promise", "made_by_id", "actor"), ("promise", "settled_by_id", "actor"),
            ("owner_change", "from_owner_id", "owner"),
            ("promise", "asked_by_id", "actor"), ("owner_change", "from_asked_by_id", "actor"),
            ("owner_record", "owner_id", "owner"),
            ("case_log", "actor_id", "actor"),
        ]
        for (table, column, role) in references {
            let id = try firstID(
                "SELECT n.id FROM \(table) t JOIN name n ON n.id = t.\(column) WHERE n.role <> '\(role)' LIMIT 1")
            if let id { add("names", "Name \(id) is of another role than \(column) of \(table) asks for.") }
        }
    }
}
