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

    private static let chainsElsewhere = SQL(
        """
        WITH RECURSIVE chain (id) AS (
            SELECT p.id FROM promise p INDEXED BY promise_by_case
            WHERE p.case_id = ?1 AND (p.transferred_from IS NOT NULL OR p.transferred_to IS NOT NULL)
            UNION
            SELECT q.id FROM chain h CROSS JOIN promise c ON c.id = h.id CROSS JOIN promise q
                ON q.id IN (c.supersedes, c.superseded_by, c.transferred_from, c.transferred_to))
        SELECT \(PromiseColumns.list) FROM chain h CROSS JOIN promise p ON p.id = h.id
        WHERE p.case_id <> ?1 ORDER BY p.id
        """)

    /// The promises of other cases whose chains a case's promises are part of, as the record had them at `asOf`, oldest first:
    /// those that it goes on from, and those that go on from it.
    public func promisesElsewhere(of file: CaseFile) throws -> [Promise] {
        guard file.promises.contains(where: { $0.origin != nil || $0.settlement?.outcome.transferredTo != nil }) else {
            return []
        }
        var promises: [Promise] = []
        try statements.rows(Self.chainsElsewhere, db, bind: { $0.add(file.record.id) }) { row in
            promises.append(try PromiseColumns.promise(row, names: names, db))
        }
        guard isHistorical else { return promises }
        let changes = try ownerChanges(ofPromises: promises.map(\.id))
        return promises.compactMap { $0.asOf(asOf, ownerChanges: changes[$0.id] ?? []) }
    }

    /// What waits, or did, in the cases whose concessions these promises make good, where these are others than their own.
    func mattersElsewhere(of promises: [Promise]) throws -> [Int64: [Matter]] {
        var matters: [Int64: [Matter]] = [:]
        for id in promises.compactMap(\.concessionCase) where matters[id] == nil {
            matters[id] = try self.matters(ofCase: id)
        }
        return matters
    }
}
