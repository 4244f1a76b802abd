import Complaints
import GRDB
import Testing

@testable import CaseStore

@Suite("The states of a promise as SQL conditions")
struct PromiseStateSQLTests {
    @Test("are those of the rule, as is whether it was ever broken, at every instant at which something changes")
    func sameAsTheRule() throws {
        var met: Set<PromiseState> = []
        for seed in UInt64(81)...84 {
            var history = RandomHistory(try Desk(), seed: seed)
            for _ in 0..<50 { try history.work() }
            met.formUnion(try check(history))
        }
        #expect(met == Set(PromiseState.allCases), "the histories have promises in every state")
    }

    /// Holds every promise's conditions against its state around each of its instants; returns the states met.
    private func check(_ history: RandomHistory) throws -> Set<PromiseState> {
        var met: Set<PromiseState> = []
        try history.desk.raw().read { db in
            let last = try ClockRow.stamp(db, StatementCache())
            for promise in history.now.flatMap(\.promises) {
                var edges = [promise.madeAt, promise.dueAt, last]
                if let settlement = promise.settlement { edges += [settlement.recordedAt, settlement.outcome.at] }
                for edge in edges {
                    for step in -1...1 {
                        let now = Instant(milliseconds: edge.milliseconds + Int64(step))
                        guard let then = promise.asOf(now, ownerChanges: []) else { continue }
                        met.insert(then.state(at: now))
                        try check(then, at: now, PromiseStateSQL(isHistorical: true), db)
                        if now >= last { try check(then, at: now, PromiseStateSQL(isHistorical: false), db) }
                    }
                }
            }
        }
        return met
    }

    private func check(_ promise: Promise, at now: Instant, _ sql: PromiseStateSQL, _ db: Database) throws {
        let (id, state) = (promise.id, promise.state(at: now))
        func holds(_ condition: String) throws -> Bool? {
            try Bool.fetchOne(
                db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM promise p WHERE p.id = :id AND \(condition))"),
                arguments: StatementArguments(
                    condition.contains(":now") ? ["id": id, "now": now.milliseconds] : ["id": id]))
        }
        for word in PromiseState.allCases {
            let isIn = try holds(try #require(sql.isIn([word])))
            try #require(isIn == (word == state), "promise \(id) is \(state) at \(now.rfc3339), not \(word)")
        }
        let wasBroken = promise.wasEverBroken(at: now)
        try #require(try holds(sql.wasEverBroken) == wasBroken, "promise \(id), \(state) at \(now.rfc3339)")
    }

    @Test("any state, or all of them, is no condition")
    func all() {
        #expect(PromiseStateSQL(isHistorical: true).isIn([]) == nil)
        #expect(PromiseStateSQL(isHistorical: false).isIn(Set(PromiseState.allCases)) == nil)
    }
}
