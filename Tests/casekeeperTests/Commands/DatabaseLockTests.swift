import CaseStore
import Foundation
import Testing

@testable import casekeeper

@Suite("The lock beside the database", .serialized)
struct DatabaseLockTests {
    let folder = try! TemporaryFolder()

    private func importLine() throws -> [String] {
        try folder.write("words,name\nIt leaks.,Ann\n", to: "in.csv")
        return ["import", "in.csv", "--map", "complaint=words", "--map", "customer.name=name"]
    }

    @Test("a second serve is refused beside the first (75), with its process; all else goes on")
    func besideServe() throws {
        let server = try RunningServer(in: folder)
        let refused = try Binary.run(["serve", "--listen", "127.0.0.1:0"], in: folder)
        #expect(refused.exitCode == 75, "\(refused.errors)")
        #expect(refused.errors.contains("casekeeper.db is in use by process \(server.process.id) (serve)"))
        for arguments in [
            try importLine(), ["verify"], ["export", "cases"], ["migrate"],
            ["token", "create", "Ann", "--role", "agent"],
            ["token", "list"], ["token", "revoke", "1"],
        ] {
            let result = try Binary.run(arguments, in: folder)
            #expect(result.exitCode == 0, "\(arguments): \(result.errors)")
        }
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
    }

    @Test("lets history be imported into a database that is served, which goes on with both")
    func importBesideServe() throws {
        let server = try RunningServer(in: folder)
        func ask(_ arguments: String...) throws -> String {
            let curl = try RunningProcess(
                path: "/usr/bin/curl", ["-s"] + arguments, environment: ["PATH": "/usr/bin:/bin"], in: folder)
            return try curl.wait().output
        }
        let cases = "http://127.0.0.1:\(server.port)/v1/cases"
        let complaint = #"{"complaint":"It drips.","customer":{"name":"Bo"},"owner":"kim","category":"Mortgage"}"#
        #expect(try ask("--json", complaint, cases).contains(#""id":1,"#))
        let result = try Binary.run(["import", Repository.sample] + CFPB.options, in: folder)
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(try ask("\(cases)?limit=1").contains(#""total":61,"#))
        #expect(try ask("--json", complaint, cases).contains(#""id":62,"#))
        #expect(try ask("\(cases)?category=mortgage&owner=kim&limit=1").contains(#""total":2,"#))
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
        let verified = try Binary.run(["verify"], in: folder)
        #expect(verified.exitCode == 0, "\(verified.output)\(verified.errors)")
    }

    @Test("ends with its process, however that ends")
    func afterDeath() throws {
        let server = try RunningServer(in: folder)
        server.process.signal(SIGKILL)
        #expect(try server.process.wait().exitCode == 128 + SIGKILL)
        #expect(folder.has("casekeeper.db-lock"))
        let next = try RunningServer(in: folder)
        next.process.signal(SIGTERM)
        #expect(try next.process.wait().exitCode == 0)
    }

    @Test("is one for all names of a database")
    func symbolicLinks() throws {
        try FileManager.default.createDirectory(atPath: folder.path("there"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "there")
        let lock = try DatabaseLock(path: folder.path("there/a.db"), purpose: "test")
        try withExtendedLifetime(lock) {
            #expect(throws: StoreError.self) { try DatabaseLock(path: folder.path("link/a.db"), purpose: "test") }
            _ = try DatabaseLock(path: folder.path("there/b.db"), purpose: "test")
            try folder.write("", to: "there/a.db")
            try FileManager.default.createSymbolicLink(
                atPath: folder.path("other.db"), withDestinationPath: "there/a.db")
            #expect(throws: StoreError.self) {
                try DatabaseLock(path: folder.path("other.db"), purpose: "test")
            }
            // Neither database nor what leads to it need be there.
            for (name, target) in [
                ("new.db", "there/new.db"), ("newer.db", "link/new.db"), ("newest.db", "newer.db"),
            ] {
                try FileManager.default.createSymbolicLink(
                    atPath: folder.path(name),
                    withDestinationPath: name == "newer.db" ? target : folder.path(target))
            }
            let unborn = try DatabaseLock(path: folder.path("newest.db"), purpose: "test")
            withExtendedLifetime(unborn) {
                for name in ["new.db", "newer.db", "there/new.db"] {
                    #expect(throws: StoreError.self) {
                        try DatabaseLock(path: folder.path(name), purpose: "test")
                    }
                }
            }
            #expect(folder.has("there/new.db-lock") && !folder.has("new.db-lock"))
        }
    }

    @Test("is no file of anybody else's: what is there is neither followed nor written over")
    func foreign() throws {
        let lock = folder.path("a.db-lock")
        func isRefused() -> Bool {
            let refused = #expect(throws: StoreError.self) {
                try DatabaseLock(path: folder.path("a.db"), purpose: "test")
            }
            return if case .unusable = refused { true } else { false }
        }
        try folder.write("a,b\n1,2\n", to: "a.db-lock")
        #expect(isRefused())
        #expect(try folder.read("a.db-lock") == "a,b\n1,2\n")
        try FileManager.default.removeItem(atPath: lock)
        try folder.write("", to: "victim")
        try FileManager.default.createSymbolicLink(atPath: lock, withDestinationPath: "victim")
        #expect(isRefused())
        #expect(try folder.read("victim").isEmpty)
        try FileManager.default.removeItem(atPath: lock)
        #expect(mkfifo(lock, 0o600) == 0)
        #expect(isRefused())
        try FileManager.default.removeItem(atPath: lock)
        try folder.write("123 (serve)\n", to: "a.db-lock")
        _ = try DatabaseLock(path: folder.path("a.db"), purpose: "test")
    }

    @Test("no two make or migrate a database at once")
    func migrating() throws {
        let lock = try DatabaseLock(path: folder.path("casekeeper.db"), purpose: "serve")
        try withExtendedLifetime(lock) {
            for arguments in [["migrate"], ["token", "create", "Ann", "--role", "agent"]] {
                let refused = try Binary.run(arguments, in: folder)
                #expect(refused.exitCode == 75)
                #expect(refused.errors.contains("in use by process \(getpid()) (serve)"))
            }
        }
        #expect(!folder.has("casekeeper.db"))
    }

    @Test("says so where it can't be made (78)")
    func noFolder() throws {
        let refused = try Binary.run(["serve", "--database", "no/such/folder/x.db"], in: folder)
        #expect(refused.exitCode == 78)
        #expect(refused.errors.contains("no/such/folder/x.db can't be locked"))
    }
}
