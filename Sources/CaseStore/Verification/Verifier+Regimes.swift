import Complaints

extension Verifier {
    /// Every regime, and every version of one, came by an entry that says of it what the rows say; and its name is folded as it is
    /// written.
    mutating func checkRegimes() throws {
        try addFirst(
            "regimes",
            """
            SELECT v.regime_id, v.version FROM regime_version v
            WHERE NOT EXISTS (SELECT 1 FROM case_log l WHERE l.about = 'regime' AND l.about_id = v.regime_id
                AND l.seq = v.version AND l.kind = 'regime_updated' AND l.recorded_at = v.recorded_at)
            LIMIT 1
            """
        ) { "Version \($0.integer(1)) of regime \($0.integer(0)) is there, and the log does not say that it was made." }
        var regimes: [(id: Int64, name: String)] = []
        var detail: String?
        try rows(
            """
            SELECT r.id, r.name, r.folded, r.recorded_at IS (SELECT v.recorded_at FROM regime_version v
                WHERE v.regime_id = r.id AND v.version = 1)
            FROM regime r ORDER BY r.id
            """
        ) { row in
            regimes.append((row.integer(0), row.text(1)))
            if !row.text(1).folded.isExactly(row.text(2)) {
                detail = "The regime \(row.text(1)) is folded otherwise than it is written."
            } else if !row.flag(3) {
                detail = "The regime \(row.text(1)) was made at another time than its first version."
            }
            return detail == nil
        }
        if let detail { add("regimes", detail) }
        for (id, name) in regimes { try checkVersions(of: id, name) }
    }

    /// What an entry says of its version is what it has, and the version before it had.
    private mutating func checkVersions(of id: Int64, _ name: String) throws {
        var before: Regime?
        var wrong: Int64?
        try rows(
            """
            SELECT v.version, v.title, v.authority, v.source, v.calendar, v.received_closed, v.valid_from, v.valid_until,
                v.stages, v.recorded_at, l.facts, l.texts
            FROM regime_version v JOIN case_log l ON l.about = 'regime' AND l.about_id = v.regime_id AND l.seq = v.version
            WHERE v.regime_id = \(id) ORDER BY v.version
            """
        ) { row in
            let version = Regime(
                name: name, title: row.text(1), authority: row.text(2), source: row.text(3), calendar: row.text(4),
                receivedClosed: Regime.ReceivedClosed(rawValue: row.text(5)) ?? .same,
                validFrom: try CalendarTexts.date(row.optionalText(6)),
                validUntil: try CalendarTexts.date(row.optionalText(7)), stages: try RegimeTexts.stages(row.text(8)),
                version: row.integer(0))
            let entry = LogDraft.regimeUpdated(from: before, to: version, at: row.instant(9))
            if !row.text(10).isExactly(FactCoding.encode(entry.facts))
                || !row.text(11).isExactly(FactCoding.encode(entry.texts))
            {
                wrong = version.version
            }
            before = version
            return wrong == nil
        }
        if let wrong { add("regimes", "The log says something else of version \(wrong) of regime \(id).") }
    }
}
