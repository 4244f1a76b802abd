import Complaints
import GRDB

/// An entry of a log as a report on entries reads it.
struct CountedEntry {
    let caseID: Int64
    let seq: Int64
    let recordedAt: Instant
    let promiseID: Int64?
    /// Who wrote it.
    let actor: String
    /// As they are stored; see `FactCoding`.
    let facts: String
    /// The same.
    let texts: String
    /// The field of the case that the report groups by.
    let caseValue: String?

    /// What it says under that name: among its texts, or among its facts, where older versions wrote some.
    func word(_ name: String) -> String? {
        FactCoding.text(name, in: texts) ?? FactCoding.text(name, in: facts)
    }
}

extension ReadTransaction {
    /// Goes through the entries of a kind that were recorded in the report's range, and by `asOf`, in the order of their
    /// recording.
    func entries(
        _ kind: LogKind, _ request: ReportRequest<some ReportGrouping>, _ body: (CountedEntry) throws -> Void
    ) throws {
        let field = try CaseFieldSQL(request.groupBy.caseField, of: "l.case_id", in: self)
        let sql = """
            SELECT l.case_id, l.seq, l.recorded_at, l.promise_id, l.facts, l.texts, l.actor_id, \(field.column)
            FROM case_log l INDEXED BY case_log_counted \(field.join)
            WHERE l.kind = '\(kind.rawValue)' AND l.recorded_at >= :from AND l.recorded_at < :to
            ORDER BY l.recorded_at, l.id
            """
        // What comes right after the record's instant is the first that does not count.
        let end = min(request.to, asOf + ElapsedTime(milliseconds: 1))
        let values: [String: SQLValue] = ["from": .instant(request.from), "to": .instant(end), "now": .instant(asOf)]
        try statements.rows(sql, values, db) { row in
            try body(
                CountedEntry(
                    caseID: row.integer(0), seq: row.integer(1), recordedAt: row.instant(2),
                    promiseID: row.optionalInteger(3), actor: try names.spelling(row.integer(6), db),
                    facts: row.text(4), texts: row.optionalText(5) ?? "[]",
                    caseValue: field.isName ? try names.spelling(row.optionalInteger(7), db) : row.optionalText(7)))
            return true
        }
    }
}
