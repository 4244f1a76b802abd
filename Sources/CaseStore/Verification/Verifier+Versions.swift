import Complaints

/// What is kept in versions, each of which came by an entry of the log: how a version is read, and what its entry says of it.
struct VersionedRecord<Version> {
    /// What the log calls it, which its tables are called after: `calendar` and `calendar_version`.
    let subject: LogSubject.Sort
    /// Which check finds what is wrong with it.
    let check: String
    /// The columns of a version, of its table.
    let columns: [String]
    /// A version of that name and number, of its columns from that place on.
    let read: (_ row: Columns, _ first: Int, _ name: String, _ version: Int64) throws -> Version
    /// The entry of a version, after the one before it.
    let entry: (_ before: Version?, Version, Instant) -> LogDraft
}

extension Verifier {
    /// Every calendar and every regime, and every version of one, came by an entry that says of it what the rows say; and its
    /// name is folded as it is written.
    mutating func checkVersionedRecords() throws {
        try check(
            VersionedRecord(
                subject: .calendar, check: "calendars", columns: CalendarColumns.names,
                read: CalendarColumns.calendar(_:at:named:version:),
                entry: LogDraft.calendarUpdated(from:to:at:)))
        try check(
            VersionedRecord(
                subject: .regime, check: "regimes", columns: RegimeColumns.names,
                read: RegimeColumns.regime(_:at:named:version:),
                entry: LogDraft.regimeUpdated(from:to:at:)))
    }

    private mutating func check<Version>(_ sort: VersionedRecord<Version>) throws {
        let word = sort.subject.rawValue
        try addFirst(
            sort.check,
            """
            SELECT v.\(word)_id, v.version FROM \(word)_version v
            WHERE NOT EXISTS (SELECT 1 FROM case_log l WHERE l.about = '\(word)' AND l.about_id = v.\(word)_id
                AND l.seq = v.version AND l.kind = '\(word)_updated' AND l.recorded_at = v.recorded_at)
            LIMIT 1
            """
        ) {
            "Version \($0.integer(1)) of \(word) \($0.integer(0)) is there, and the log does not say that it was made."
        }
        var records: [(id: Int64, name: String)] = []
        var detail: String?
        try rows(
            """
            SELECT r.id, r.name, r.folded, r.recorded_at IS (SELECT v.recorded_at FROM \(word)_version v
                WHERE v.\(word)_id = r.id AND v.version = 1)
            FROM \(word) r ORDER BY r.id
            """
        ) { row in
            records.append((row.integer(0), row.text(1)))
            if !row.text(1).folded.isExactly(row.text(2)) {
                detail = "The \(word) \(row.text(1)) is folded otherwise than it is written."
            } else if !row.flag(3) {
                detail = "The \(word) \(row.text(1)) was made at another time than its first version."
            }
            return detail == nil
        }
        if let detail { add(sort.check, detail) }
        for (id, name) in records { try checkVersions(of: sort, id, name) }
    }

    /// What an entry says of its version is what it has, and the version before it had.
    private mutating func checkVersions<Version>(
        of sort: VersionedRecord<Version>, _ id: Int64, _ name: String
    ) throws {
        let word = sort.subject.rawValue
        var before: Version?
        var wrong: Int64?
        try rows(
            """
            SELECT v.version, v.recorded_at, l.facts, l.texts, \(sort.columns.map { "v.\($0)" }.joined(separator: ", "))
            FROM \(word)_version v JOIN case_log l ON l.about = '\(word)' AND l.about_id = v.\(word)_id
                AND l.seq = v.version
            WHERE v.\(word)_id = \(id) ORDER BY v.version
            """
        ) { row in
            let version = try sort.read(row, 4, name, row.integer(0))
            let entry = sort.entry(before, version, row.instant(1))
            if !row.text(2).isExactly(FactCoding.encode(entry.facts))
                || !row.text(3).isExactly(FactCoding.encode(entry.texts))
            {
                wrong = row.integer(0)
            }
            before = version
            return wrong == nil
        }
        if let wrong { add(sort.check, "The log says something else of version \(wrong) of \(word) \(id).") }
    }
}
