public import Complaints
import GRDB

extension ReadTransaction {
    private static let wentOn = SQL(
        """
        WITH RECURSIVE went (id) AS (
            SELECT ?1 UNION
            SELECT s.duplicate_of FROM went w CROSS JOIN status_change s INDEXED BY status_change_by_case ON s.case_id = w.id
            WHERE s.duplicate_of IS NOT NULL)
        SELECT 1 FROM went WHERE id = ?2 LIMIT 1
        """)

    /// Whether a case was ever resolved as a duplicate of the other one, be it through others. (It is one of itself.)
    func wasDuplicate(_ id: Int64, of other: Int64) throws -> Bool {
        try statements.first(
            Self.wentOn, db,
            bind: { row in
                row.add(id)
                row.add(other)
            }
        ) { _ in true } ?? false
    }

    /// The promises of chains that go over several cases, `starts` selecting (as `id`) the cases that one is asked for.
    private static func chains(from starts: String) -> String {
        """
        WITH RECURSIVE chain (id) AS (
            SELECT p.id FROM (\(starts)) s CROSS JOIN promise p INDEXED BY promise_by_case ON p.case_id = s.id
            WHERE p.transferred_from IS NOT NULL OR p.transferred_to IS NOT NULL
            UNION
            SELECT q.id FROM chain h CROSS JOIN promise c ON c.id = h.id CROSS JOIN promise q
                ON q.id IN (c.supersedes, c.superseded_by, c.transferred_from, c.transferred_to))
        """
    }

    /// The promises of other cases whose chains a case's promises are part of, as the record had them at `asOf`, oldest first:
    /// those that it goes on from, and those that go on from it. What is another customer's by then is none of it.
    public func promisesElsewhere(of file: CaseFile) throws -> [Promise] {
        guard file.promises.contains(where: { $0.origin != nil || $0.settlement?.outcome.transferredTo != nil }) else {
            return []
        }
        let own = try OwnCases(of: file.record.customer.id, in: self)
        var values = own.values
        values["case_id"] = .integer(file.record.id)
        let sql = """
            \(Self.chains(from: "SELECT :case_id AS id"))
            SELECT \(PromiseColumns.list) FROM chain h CROSS JOIN promise p ON p.id = h.id
            WHERE p.case_id <> :case_id AND p.case_id IN (\(own.ids)) ORDER BY p.id
            """
        var promises: [Promise] = []
        try statements.rows(sql, values, db) { row in
            promises.append(try PromiseColumns.promise(row, names: names, db))
            return true
        }
        guard isHistorical else { return promises }
        let changes = try ownerChanges(ofPromises: promises.map(\.id))
        return promises.compactMap { $0.asOf(asOf, ownerChanges: changes[$0.id] ?? []) }
    }

    private static let chainsOfCase = links(from: "SELECT ?1 AS id")
    private static let chainsOfCustomer = links(
        from: "SELECT k.id FROM complaint_case k INDEXED BY complaint_case_by_customer WHERE k.customer_id = ?1")

    private static func links(from starts: String) -> SQL {
        SQL(
            """
            \(chains(from: starts))
            SELECT p.id, coalesce(p.supersedes, p.transferred_from), p.case_id, c.customer_id, p.recorded_at IS NULL
            FROM chain h CROSS JOIN promise p ON p.id = h.id CROSS JOIN complaint_case c ON c.id = p.case_id
            """)
    }

    /// The chains over several cases that come through one case.
    func transferChains(ofCase id: Int64) throws -> TransferChains {
        TransferChains(try links(Self.chainsOfCase, id))
    }

    /// The chains over several cases that come through those of some customers.
    func transferChains(ofCustomers ids: [Int64]) throws -> TransferChains {
        var seen: Set<Int64> = []
        return TransferChains(
            try ids.flatMap { try links(Self.chainsOfCustomer, $0) }.filter { seen.insert($0.promise).inserted })
    }

    private func links(_ sql: SQL, _ id: Int64) throws -> [TransferChains.Link] {
        var links: [TransferChains.Link] = []
        try statements.rows(sql, db, bind: { $0.add(id) }) { row in
            links.append(
                TransferChains.Link(
                    promise: row.integer(0), before: row.optionalInteger(1), caseID: row.integer(2),
                    customerID: row.integer(3), isUnsettled: row.flag(4)))
        }
        return links
    }

    private static let casesBefore = SQL(
        """
        WITH RECURSIVE before (id) AS (
            SELECT ?1 UNION
            SELECT q.case_id FROM before b CROSS JOIN promise p INDEXED BY promise_by_case ON p.case_id = b.id
            CROSS JOIN promise q ON q.id = p.transferred_from)
        SELECT id FROM before WHERE id <> ?1 ORDER BY id
        """)

    /// The cases that went on in that one as its duplicates, be it through others; it costs nothing where no promise of it comes
    /// from elsewhere.
    func casesBefore(_ id: Int64, with promises: [Promise]) throws -> [Int64] {
        guard promises.contains(where: { $0.origin != nil }) else { return [] }
        var ids: [Int64] = []
        try statements.rows(Self.casesBefore, db, bind: { $0.add(id) }) { ids.append($0.integer(0)) }
        return ids
    }

    /// What is to be known of the cases that went on in that one.
    func duplicates(ofCase id: Int64, with promises: [Promise]) throws -> [Int64: DuplicateFile] {
        var files: [Int64: DuplicateFile] = [:]
        for id in try casesBefore(id, with: promises) {
            files[id] = DuplicateFile(
                promises: try self.promises(ofCase: id), matters: try matters(ofCase: id), at: asOf)
        }
        return files
    }
}
