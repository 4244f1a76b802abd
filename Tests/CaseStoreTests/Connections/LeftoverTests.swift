import Foundation
import Testing

@testable import CaseStore

@Suite("What is left of a database that is gone")
struct LeftoverTests {
    private let folder: ScratchFolder
    private var path: String { folder.path("desk.db") }

    init() throws {
        folder = try ScratchFolder()
    }

    private func expectRefusal(naming left: String, _ open: () throws -> Void) throws {
        let words = Data("the last that was written".utf8)
        try words.write(to: URL(filePath: left))
        defer { unlink(left) }
        let error = #expect(throws: StoreError.self) { try open() }
        guard case .unusable(let reason)? = error else { throw error ?? StoreError.failed("nothing was refused") }
        #expect(reason.contains(left))
        #expect(FileStatus(path) == nil)
        #expect(try Data(contentsOf: URL(filePath: left)) == words)
    }

    @Test(
        "is not taken away for a new one that is made in its place", arguments: ["-wal", "-journal"],
        [String?.none, "serve"])
    func refused(companion: String, purpose: String?) throws {
        try expectRefusal(naming: path + companion) { _ = try CaseStore(path: path, purpose: purpose) }
    }

    @Test("is found beside the file that a link leads to")
    func link() throws {
        let name = folder.path("link.db")
        try FileManager.default.createSymbolicLink(atPath: name, withDestinationPath: path)
        try expectRefusal(naming: path + "-wal") { _ = try CaseStore(path: name, purpose: "serve") }
    }

    @Test("is nothing where there is nothing in it", arguments: ["-wal", "-shm"])
    func empty(companion: String) throws {
        try Data().write(to: URL(filePath: path + companion))
        _ = try CaseStore(path: path, purpose: "serve")
    }

    @Test("may be the copy that a service made as it ended, and then no new one is made either")
    func copied() throws {
        let copy = path + ".rescued"
        try Data("a copy".utf8).write(to: URL(filePath: copy))
        let error = #expect(throws: StoreError.self) { _ = try CaseStore(path: path, purpose: "serve") }
        #expect(error.map { "\($0)" }?.contains(copy) == true)
        #expect(FileStatus(path) == nil)
        try FileManager.default.removeItem(atPath: copy)
        _ = try CaseStore(path: path, purpose: "serve")
    }
}
