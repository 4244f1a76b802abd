import Complaints
import Foundation
import Hashing
import Testing

@testable import CaseStore

@Suite("The key of cursors")
struct CursorKeyTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private func code(_ path: String) throws -> [UInt8] {
        try CaseStore(path: folder.path(path)).cursorKey.code(of: [1, 2, 3])
    }

    @Test("is made once, and each database has its own")
    func own() throws {
        let one = try code("one.db")
        #expect(try code("one.db") == one)
        #expect(try code("two.db") != one)
    }

    @Test("is in a backup, so that what is restored takes the cursors that were given out before")
    func backup() throws {
        let one = try code("one.db")
        let copy = try DatabaseCopy(at: folder.path("copy.db"), replaces: false)
        try copy.fill(from: folder.path("one.db"))
        #expect(try copy.verify().verification.findings == [])
        try copy.place()
        #expect(try code("copy.db") == one)
    }
}
