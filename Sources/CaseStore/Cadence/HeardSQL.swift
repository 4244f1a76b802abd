import Complaints

/// `LogDraft.heardAt` once more, as an expression on an entry `l` of the log: what is kept beside a case is held to it.
enum HeardSQL {
    /// When the customer heard what the entry tells of; null where they heard nothing by it.
    static let instant =
        "CASE "
        + Hearing.allCases.map { hearing in
            "WHEN l.kind IN \(LogKind.words(LogKind.heard.filter { $0.hearing == hearing })) THEN \(instant(of: hearing))"
        }.joined(separator: "\n    ") + " END"

    /// The kinds of which it says something, as the right side of IN.
    static let kinds = LogKind.words(LogKind.heard)

    /// An instant among the facts of an entry `l`, in milliseconds.
    static func fact(_ name: String) -> String {
        """
        (SELECT CAST(strftime('%s', f.value ->> 1) AS INTEGER) * 1000 + CAST(substr(strftime('%f', f.value ->> 1), 4) AS INTEGER)
            FROM json_each(l.facts) f WHERE f.value ->> 0 = '\(name)')
        """
    }

    /// When the customer of a case last heard something by those of its entries that a condition on `l` lets through; null where they
    /// have heard nothing since they complained.
    ///
    /// - Parameters:
    ///   - id: the case.
    ///   - received: when they did.
    static func last(ofCase id: String, received: String, _ condition: String = "true") -> String {
        """
        (SELECT max(h.at) FROM (
            SELECT \(instant) AS at FROM case_log l
            WHERE l.case_id = \(id) AND l.kind IN \(kinds) AND \(condition)) h
        WHERE h.at >= \(received))
        """
    }

    private static func instant(of hearing: Hearing) -> String {
        let attempted = ContactOutcome.attempted.rawValue
        switch hearing {
        case .talk: return "l.at"
        case .contact: return "CASE WHEN instr(l.facts, '[\"outcome\",\"\(attempted)\"]') = 0 THEN l.at END"
        case .promise:
            return """
                (SELECT CASE WHEN p.notified_outcome IS NOT NULL
                        THEN CASE WHEN p.notified_outcome <> '\(attempted)' THEN p.notified_at END
                        WHEN p.made_by_id <> coalesce((SELECT n.id FROM name n
                            WHERE n.role = 'actor' AND n.spelling = '\(Actor.policy.name)'), 0) THEN l.at END
                    FROM promise p
                    WHERE p.id = l.promise_id AND \(PromiseStateSQL.toCustomer) AND p.transferred_from IS NULL)
                """
        case .keep:
            return "(SELECT p.kept_at FROM promise p WHERE p.id = l.promise_id AND \(PromiseStateSQL.toCustomer))"
        case .notice:
            return """
                CASE WHEN instr(l.facts, '["notified_outcome","') > 0
                    AND instr(l.facts, '["notified_outcome","\(attempted)"]') = 0 THEN \(fact("notified_at")) END
                """
        case .resolution: return "CASE WHEN instr(l.facts, '[\"customer_accepted\",') > 0 THEN l.at END"
        }
    }
}
