import GRDB
import Testing

@testable import CaseStore

@Suite("What statements are run with")
struct BoundValuesTests {
    private static let echo = SQL("SELECT ?, ?, typeof(?), typeof(?)")
    private static let nested = SQL("SELECT ? || ?")

    @Test("comes back as it was given, whether there is room for it or not", arguments: [0, 1, 1000, 65_536, 200_000])
    func echoes(length: Int) throws {
        let text = String(repeating: "é", count: length / 2)
        let bytes = [UInt8](repeating: 7, count: length)
        let statements = StatementCache()
        try DatabaseQueue().inDatabase { db in
            for _ in 0..<3 {
                let found = try statements.first(Self.echo, db) { row in
                    row.add(text)
                    row.add(bytes)
                    row.add(text: Array(text.utf8))
                    row.add(nil as String?)
                } _: {
                    ($0.text(0), $0.bytes(1), $0.text(2), $0.text(3))
                }
                #expect(try #require(found) == (text, bytes, "text", "null"))
            }
        }
    }

    @Test("stays while other statements run in between")
    func nesting() throws {
        let statements = StatementCache()
        try DatabaseQueue().inDatabase { db in
            var seen: [String] = []
            try statements.rows(Self.nested, db) { row in
                let inner = try statements.first(Self.echo, db) { row in
                    for text in ["inner", "b", "c", "d"] { row.add(text) }
                } _: {
                    $0.text(0)
                }
                row.add("outer ")
                row.add(inner)
            } _: { row in
                _ = try statements.first(Self.echo, db) { row in
                    for text in ["1", "2", "3", "4"] { row.add(text) }
                } _: {
                    $0.text(0)
                }
                seen.append(row.text(0))
            }
            #expect(seen == ["outer inner"])
        }
    }
}
