import Complaints
import GRDB

extension ReadTransaction {
    /// The first change after an instant, of each field of these: SQLite takes the other columns from the row with the
    /// minimum (https://www.sqlite.org/lang_select.html#bareagg).
    private static let firstChanges = SQL(
        """
        SELECT f.about_id, f.field, f.before, min(f.recorded_at) FROM field_change f
        WHERE f.about = ? AND f.about_id IN (SELECT value FROM json_each(?)) AND f.recorded_at > ?
        GROUP BY f.about_id, f.field
        """)

    /// These with the fields that they had at `asOf`, where they have a history.
    func withFieldsThen<Record: HistoricRecord>(_ records: [Record]) throws -> [Record] {
        guard isHistorical, !records.isEmpty else { return records }
        var changed: [Int64: [(HistoricField<Record>, EditedValue?)]] = [:]
        try statements.rows(
            Self.firstChanges, db,
            bind: { row in
                row.add(Record.subject.rawValue)
                row.add(jsonArray(records.map(\.historyID)))
                row.add(asOf)
            }
        ) { row in
            let name = row.text(1)
            // What shows a part of a record has fewer fields.
            guard let field = Record.historicFields.first(where: { $0.name.isExactly(name) }) else { return }
            let before = try HistoryColumn(field).value(row, at: 2, names: names, db)
            changed[row.integer(0), default: []].append((field, before))
        }
        guard !changed.isEmpty else { return records }
        return records.map { record in
            var then = record
            for (field, before) in changed[record.historyID] ?? [] { field.set(before, &then) }
            return then
        }
    }

    private static let anyChange = SQL(
        """
        SELECT EXISTS (SELECT 1 FROM field_change f INDEXED BY field_change_since
            WHERE f.about = ? AND f.field = ? AND f.recorded_at > ?)
        """)

    /// Whether that field of anything has changed since `asOf`.
    func hasChanged(_ field: String, of subject: HistorySubject) throws -> Bool {
        guard isHistorical else { return false }
        let key = "\(subject.rawValue).\(field)"
        if let known = changedSince[key] { return known }
        let found = try statements.first(
            Self.anyChange, db,
            bind: { row in
                row.add(subject.rawValue)
                row.add(field)
                row.add(asOf)
            }
        ) { $0.flag(0) }
        changedSince[key] = found ?? false
        return found ?? false
    }

    /// What `column` was at `:now`: `id` is the column that says whose field it is. It is the column itself where nothing
    /// of the kind has changed since.
    ///
    /// An empty blob stands for no value among the ones before, as no field has it.
    func then(_ column: String, _ field: String, of subject: HistorySubject, id: String) throws -> String {
        try hasChanged(field, of: subject) ? Self.before(column, field, of: subject, id: id, since: ":now") : column
    }

    /// What `column` was at an instant, whether or not it has changed since.
    static func before(
        _ column: String, _ field: String, of subject: HistorySubject, id: String, since instant: String
    ) -> String {
        """
        nullif(coalesce((SELECT ifnull(f.before, x'') FROM field_change f WHERE f.about = '\(subject.rawValue)'
            AND f.about_id = \(id) AND f.field = '\(field)' AND f.recorded_at > \(instant)
            ORDER BY f.recorded_at LIMIT 1), \(column)), x'')
        """
    }

    /// The same of a field of `complaint_case c`, whose column bears its name unless it has the id of a name.
    func caseField(_ field: String) throws -> String {
        try then(NameRole(rawValue: field) == nil ? "c.\(field)" : "c.\(field)_id", field, of: .case, id: "c.id")
    }

    /// Whose field was that at `:now`: found by today's index, or among those that have changed since.
    func idsThen(_ field: String, is value: String, of subject: HistorySubject, today: String) throws -> String {
        guard try hasChanged(field, of: subject) else { return today }
        return """
            \(today)
            UNION ALL
            SELECT f.about_id FROM field_change f INDEXED BY field_change_since
                WHERE f.about = '\(subject.rawValue)' AND f.field = '\(field)' AND f.recorded_at > :now
                    AND f.before = \(value)
            """
    }
}
