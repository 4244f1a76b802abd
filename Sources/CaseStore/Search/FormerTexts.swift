import Complaints
import GRDB

/// What can be edited of a case or a customer, as it was from an instant until it was edited: the index has a row for it, so
/// that a search as of an earlier instant finds what was there then.
///
/// Row ids of such texts are below zero, so that a search as of now leaves them out by that. All of them follow from
/// `field_change`: there is one for each instant at which something that is searched was edited.
struct FormerTexts<Record: SearchedRecord> {
    private let texts: SearchTexts
    private let sql: SearchStatements
    private var db: Database { texts.db }
    private var statements: StatementCache { texts.statements }

    /// From the first instant on, until the second.
    private struct Version {
        let number: Int64
        let since: Int64
        let until: Int64
    }

    init(of _: Record.Type, _ texts: SearchTexts) {
        self.texts = texts
        sql = Record.statements
    }

    private func versions(of id: Int64) throws -> [Version] {
        var versions: [Version] = []
        try statements.rows(sql.formers, db, bind: { $0.add(id) }) {
            versions.append(Version(number: $0.integer(0), since: $0.integer(1), until: $0.integer(2)))
        }
        return versions
    }

    /// The row of that id, which is below zero; nil where there is none.
    func row(_ id: Int64) throws -> SearchRow? {
        let (subject, number) = (-id >> SearchRow.bits, -id & (SearchRow.places - 1))
        return try versions(of: subject).first { $0.number == number }.map { try row(of: subject, $0) }
    }

    private func row(of id: Int64, _ version: Version) throws -> SearchRow {
        let row = try statements.first(sql.fieldsThen, db) { row in
            row.add(version.since)
            row.add(id)
        } _: {
            try Record.searched($0, from: 0, id: -(id << SearchRow.bits | version.number), texts)
        }
        guard let row else { throw StoreError.unreadable("\(Record.table) \(id) is gone") }
        return row
    }

    /// Adds those that have come about since the last one was added.
    func add(of id: Int64) throws {
        var edits: [(at: Int64, since: Int64)] = []
        try statements.rows(sql.edits, db, bind: { $0.add(id) }) { edits.append(($0.integer(0), $0.integer(1))) }
        guard let first = edits.first else { return }
        let last = try versions(of: id).last
        var (number, since) = (last?.number ?? 0, last?.until ?? first.since)
        for edit in edits where number < SearchRow.places - 1 {
            number += 1
            let version = Version(number: number, since: since, until: edit.at)
            let row = try row(of: id, version)
            try statements.run(sql.add, db) { sql.bind(row, to: &$0) }
            try statements.run(sql.addFormer, db) { row in
                row.add(id)
                row.add(version.number)
                row.add(version.since)
                row.add(version.until)
            }
            since = edit.at
        }
    }

    /// Takes all of them out, as long as the history that they follow from is there.
    func remove(of id: Int64) throws {
        for version in try versions(of: id) {
            let row = try row(of: id, version)
            try statements.run(sql.remove, db) { sql.bind(row, to: &$0) }
        }
        try statements.run(sql.removeFormers, db) { $0.add(id) }
    }

    /// Whose a row of the index is.
    static func subject(_ row: String) -> String {
        """
        CASE WHEN \(row) < 0 THEN abs(\(row)) >> \(SearchRow.bits) ELSE \(row)\(Record.historySubject == .case ? " >> \(SearchRow.bits)" : "") END
        """
    }

    /// That the text of a row below zero was what it was at `:now`.
    static func stood(_ row: String) -> String {
        """
        EXISTS (SELECT 1 FROM former_text f WHERE f.about = '\(Record.historySubject.rawValue)'
            AND f.about_id = abs(\(row)) >> \(SearchRow.bits) AND f.number = abs(\(row)) & \(SearchRow.places - 1)
            AND f.since <= :now AND f.until > :now)
        """
    }

    /// That nothing that is searched of somebody was edited after `:now`.
    static func stands(_ id: String) -> String {
        """
        NOT EXISTS (SELECT 1 FROM former_text f WHERE f.about = '\(Record.historySubject.rawValue)' AND f.about_id = \(id)
            AND f.until > :now)
        """
    }
}
