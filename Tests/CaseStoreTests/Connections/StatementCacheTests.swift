import GRDB
import Testing

@testable import CaseStore

@Suite("Prepared statements are kept under all that they depend on")
struct StatementCacheTests {
    private static let fixed = SQL("SELECT * FROM thing WHERE a = ? ORDER BY a")
    private static let count = SQL("SELECT count(*) FROM thing WHERE a = ?")
    private static let generated = "SELECT * FROM thing WHERE a = :a ORDER BY a"

    private let statements = StatementCache()

    private func database(_ rows: [Int]) throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try queue.write { db in
            try db.execute(sql: "CREATE TABLE thing (a INTEGER)")
            for row in rows { try db.execute(sql: "INSERT INTO thing VALUES (?)", arguments: [row]) }
        }
        return queue
    }

    /// The rows with that value, as a statement of each kind finds them, by how many columns they have.
    private func found(_ value: Int64, _ db: Database, _ cache: StatementCache) throws -> [Int] {
        var fixed: [Int] = []
        try cache.rows(Self.fixed, db, bind: { $0.add(value) }) { fixed.append(Int($0.integer(0))) }
        var generated: [Int] = []
        try cache.rows(Self.generated, ["a": .integer(value)], db) {
            generated.append(Int($0.integer(0)))
            return true
        }
        #expect(fixed == generated)
        return fixed
    }

    @Test("the values, which are bound anew each time")
    func values() throws {
        try database([1, 2, 2, 3]).inDatabase { db in
            for value: Int64 in [1, 2, 9, 3, 2] {
                let expected = [1, 2, 2, 3].filter { $0 == Int(value) }
                #expect(try found(value, db, statements) == expected)
                let count = try statements.first(Self.count, db, bind: { $0.add(value) }) { Int($0.integer(0)) }
                #expect(count == expected.count)
            }
        }
    }

    @Test("the schema, also where it changes between two runs, and the table's name is another's")
    func schema() throws {
        try database([1]).inDatabase { db in
            #expect(try found(1, db, statements) == [1])
            try db.execute(sql: "CREATE INDEX thing_by_a ON thing (a)")
            #expect(try found(1, db, statements) == [1])
            try db.execute(sql: "ALTER TABLE thing RENAME TO other; CREATE TABLE thing (b INTEGER, a INTEGER)")
            try db.execute(sql: "INSERT INTO thing VALUES (7, 1)")
            #expect(try found(1, db, statements) == [7], "the first column is another one now")
            try db.execute(sql: "DROP TABLE thing")
            #expect(throws: (any Error).self) { try found(1, db, statements) }
            try db.execute(sql: "ALTER TABLE other RENAME TO thing")
            #expect(try found(1, db, statements) == [1])
        }
    }

    @Test("the connection: each has a cache of its own")
    func connections() throws {
        let (one, other) = (try database([1]), try database([1, 1]))
        let others = StatementCache()
        for _ in 0..<2 {
            #expect(try one.inDatabase { try found(1, $0, statements) } == [1])
            #expect(try other.inDatabase { try found(1, $0, others) } == [1, 1])
        }
    }

    @Test("the text, all of it: those that share a beginning, and more than are kept, are told apart")
    func texts() throws {
        try database([1]).inDatabase { db in
            for round in 0..<2 {
                for number in 0..<300 {
                    let sql = "SELECT a + \(number) FROM thing WHERE a = :a"
                    var value: Int64?
                    try statements.rows(sql, ["a": .integer(1)], db) {
                        value = $0.integer(0)
                        return false
                    }
                    #expect(value == Int64(1 + number), "round \(round)")
                }
            }
        }
    }
}
