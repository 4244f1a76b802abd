public import Complaints
import GRDB

// Single cases, as the record had them, with their promises.
extension ReadTransaction {
    /// The case of that id with all its promises; nil when there is none (or none yet).
    public func caseFile(_ id: Int64) throws -> CaseFile? {
        try caseRow(id).flatMap { try files([$0]).first }
    }

    /// The case of that id, with its fields as they were at the record's instant; nil when there is none.
    func caseRecord(_ id: Int64) throws -> Case? {
        try caseRow(id).flatMap { try asOfRecord([$0]).first }
    }

    private func caseRow(_ id: Int64) throws -> Case? {
        try statements.first(Self.caseByID, db, bind: { $0.add(id) }) { try CaseColumns.record($0, names: names, db) }
    }

    private static let caseByID = SQL(
        """
        SELECT \(CaseColumns.list)
        FROM complaint_case c JOIN customer u ON u.id = c.customer_id
        WHERE c.id = ?
        """)

    /// The cases with their promises, as the record had them at `asOf`.
    func files(_ records: [Case]) throws -> [CaseFile] {
        let files = try asOfRecord(records).map { record in
            let promises = try promises(ofCase: record.id)
            return CaseFile(
                record: record, promises: promises, matters: try matters(ofCase: record.id),
                duplicates: try duplicates(ofCase: record.id, with: promises), stages: try stages(of: record),
                resolutions: try resolutions(of: record), policy: CasePolicy(try policy(for: record)))
        }
        guard isHistorical else { return files }
        let statusChanges = try statusChanges(ofCases: records.map(\.id))
        let ownerChanges = try ownerChanges(ofPromises: files.flatMap { $0.promises.map(\.id) })
        return try files.compactMap { file in
            let history = CaseHistory(
                statusChanges: statusChanges[file.record.id] ?? [], ownerChanges: ownerChanges)
            guard let then = file.asOf(asOf, history: history) else { return nil }
            var record = then.record
            (record.version, record.updatedAt) = try lastChange(ofCase: record.id)
            record.heardAt = try heardThen(record)
            return CaseFile(
                record: record, promises: then.promises, matters: then.matters, duplicates: then.duplicates,
                stages: then.everyStage, resolutions: then.resolutions,
                policy: CasePolicy(try policy(for: record)))
        }
    }

    /// The promises of a case, oldest first.
    func promises(ofCase id: Int64) throws -> [Promise] {
        var promises: [Promise] = []
        try statements.rows(Self.promisesOfCase, db, bind: { $0.add(id) }) {
            promises.append(try PromiseColumns.promise($0, names: names, db))
        }
        return promises
    }

    private static let promisesOfCase = SQL(
        "SELECT \(PromiseColumns.list) FROM promise p WHERE p.case_id = ? ORDER BY p.id")

    private func statusChanges(ofCases ids: [Int64]) throws -> [Int64: [StatusChange]] {
        var changes: [Int64: [StatusChange]] = [:]
        try statements.rows(Self.statusChanges, db, bind: { $0.add(jsonArray(ids)) }) { row in
            changes[row.integer(0), default: []].append(
                StatusChange(
                    recordedAt: row.instant(1), status: try row.word(2),
                    customerAccepted: row.optionalInteger(3).map { $0 != 0 }, duplicateOf: row.optionalInteger(4),
                    ending: try EndingColumns.ending(row, at: 7), resolvedAt: row.optionalInstant(5),
                    isCorrection: row.flag(6)))
        }
        return changes
    }

    private static let statusChanges = SQL(
        """
        SELECT s.case_id, s.recorded_at, s.status, s.customer_accepted, s.duplicate_of, s.resolved_at, s.corrects,
            \(EndingColumns.list(of: "s"))
        FROM status_change s
        WHERE case_id IN (SELECT value FROM json_each(?))
        ORDER BY id
        """)

    /// The case's version and last change at `asOf`.
    private func lastChange(ofCase id: Int64) throws -> (version: Int64, updatedAt: Instant) {
        let last = try statements.first(
            Self.lastChange, db,
            bind: { row in
                row.add(id)
                row.add(asOf)
            }
        ) { (version: $0.integer(0), updatedAt: $0.instant(1)) }
        guard let last else { throw StoreError.unreadable("case \(id) has no log") }
        return last
    }

    private static let lastChange = SQL(
        """
        SELECT count(*) OVER (), recorded_at FROM case_log
        WHERE case_id = ? AND recorded_at <= ? AND kind NOT IN \(LogKind.machineWords)
        ORDER BY seq DESC LIMIT 1
        """)
}
