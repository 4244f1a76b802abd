import Complaints
import GRDB
import TestSupport
import Testing

@testable import CaseStore

@Suite("For whom a promise counts, in SQL")
struct AccountableSQLTests {
    @Test("is what the rule says, now and at every instant at which something changed")
    func sameAsTheRule() throws {
        var met: (nobody: Bool, giver: Bool, owner: Bool) = (false, false, false)
        for seed in UInt64(61)...64 {
            var history = RandomHistory(try Desk(), seed: seed)
            for _ in 0..<50 { try history.work() }
            let now = try history.desk.reader.read(\.asOf)
            let changes = try history.desk.reader.read {
                try $0.ownerChanges(ofPromises: history.now.flatMap(\.promises).map(\.id))
            }
            try history.desk.raw().read { db in
                for promise in history.now.flatMap(\.promises) {
                    #expect(try name(AccountableSQL.today, promise, at: nil, db) == promise.accountable)
                    let mine = changes[promise.id] ?? []
                    for instant in [now, promise.madeAt, promise.dueAt] + mine.map(\.recordedAt) {
                        let expected = promise.accountable(at: instant, ownerChanges: mine)
                        try #require(
                            try name(AccountableSQL.at(":now"), promise, at: instant, db) == expected,
                            "promise \(promise.id) at \(instant.rfc3339)")
                        let due = promise.accountable(at: min(promise.dueAt, instant), ownerChanges: mine)
                        try #require(try name(AccountableSQL.atDue(or: ":now"), promise, at: instant, db) == due)
                        met.nobody = met.nobody || expected == nil
                        met.owner = met.owner || expected != nil && expected == promise.owner
                        met.giver = met.giver || expected != nil && expected != promise.owner
                    }
                }
            }
        }
        #expect(met.nobody && met.giver && met.owner)
    }

    private func name(_ expression: String, _ promise: Promise, at instant: Instant?, _ db: Database) throws -> String?
    {
        var arguments: [String: Int64] = ["id": promise.id]
        if let instant { arguments["now"] = instant.milliseconds }
        return try String.fetchOne(
            db,
            sql: """
                SELECT n.spelling FROM promise p LEFT JOIN name n ON n.id = \(expression) WHERE p.id = :id
                """, arguments: StatementArguments(arguments))
    }
}
