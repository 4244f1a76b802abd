import GRDB
import Testing

@testable import CaseStore

@Suite("The names that a connection has met")
struct NameBookTests {
    @Test("are kept up to a bound, past which they are read again, and are the right ones all the time")
    func bounded() throws {
        let desk = try Desk()
        let book = NameBook()
        let letters = String(repeating: "\u{1D55F}", count: 190)
        let count = 2 * NameBook.limit / letters.utf8.count
        try desk.raw().write { db in
            var ids: [Int64] = []
            var most = 0
            for number in 0..<count {
                ids.append(try book.id("\(number)\(letters)", number % 2 == 0 ? .owner : .category, db))
                most = max(most, book.bytes)
            }
            #expect(Set(ids).count == count)
            for (number, id) in ids.enumerated() {
                #expect(try book.spelling(id, db) == "\(number)\(letters)")
                most = max(most, book.bytes)
            }
            for number in stride(from: 0, to: count, by: 500) {
                #expect(
                    try book.alike("\(number)\(letters)", number % 2 == 0 ? .owner : .category, db) == [ids[number]])
            }
            #expect(most > NameBook.limit / 2 && most <= NameBook.limit, "\(most)")
        }
    }
}
