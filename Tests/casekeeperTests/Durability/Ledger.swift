import Foundation
import GRDB

/// A change that the server has answered with success: it has to be on disk.
struct AcknowledgedChange: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case opened(caseID: Int64, externalID: String, promiseID: Int64)
        case kept(promiseID: Int64, next: Int64)
        case renegotiated(promiseID: Int64, by: Int64)
    }

    let kind: Kind
    /// Of the answer.
    let requestID: String
}

/// What was acknowledged, in some order that agrees with each client's own.
struct Ledger {
    var changes: [AcknowledgedChange] = []

    /// The changes that the database does not have, all of each.
    static func missing(_ changes: [AcknowledgedChange], at path: String) throws -> [AcknowledgedChange] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { db in
            try changes.filter { change in
                switch change.kind {
                case .opened(let caseID, let externalID, let promiseID):
                    try !holds(
                        db,
                        """
                        SELECT 1 FROM complaint_case c JOIN promise p ON p.case_id = c.id
                        WHERE c.id = ? AND c.external_id = ? AND p.id = ?
                            AND EXISTS (SELECT 1 FROM case_log l WHERE l.case_id = c.id AND l.kind = 'case_opened')
                            AND EXISTS (SELECT 1 FROM case_log l WHERE l.case_id = c.id AND l.kind = 'promise_made'
                                AND l.promise_id = p.id)
                        """, [caseID, externalID, promiseID])
                case .kept(let promiseID, let next):
                    try !holds(
                        db,
                        """
                        SELECT 1 FROM promise p JOIN promise n ON n.case_id = p.case_id
                        WHERE p.id = ? AND p.kept_at IS NOT NULL AND n.id = ?
                            AND EXISTS (SELECT 1 FROM case_log l WHERE l.case_id = p.case_id
                                AND l.kind = 'promise_kept' AND l.promise_id = p.id)
                        """, [promiseID, next])
                case .renegotiated(let promiseID, let successor):
                    try !holds(
                        db,
                        """
                        SELECT 1 FROM promise p JOIN promise n ON n.supersedes = p.id
                        WHERE p.id = ? AND p.superseded_by = n.id AND n.id = ?
                            AND EXISTS (SELECT 1 FROM case_log l WHERE l.case_id = p.case_id
                                AND l.kind = 'promise_renegotiated' AND l.promise_id = p.id)
                        """, [promiseID, successor])
                }
            }
        }
    }

    private static func holds(_ db: GRDB.Database, _ sql: String, _ arguments: StatementArguments) throws -> Bool {
        try Bool.fetchOne(db.cachedStatement(sql: sql), arguments: arguments) ?? false
    }
}
