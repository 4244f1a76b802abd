import CaseStore
import Complaints
import Foundation
import Testing

@testable import casekeeper

/// A service, something that may happen to it, and a ledger of what its clients were told.
final class FaultScene {
    let folder: TemporaryFolder
    let disk: SmallDisk?
    /// For those who are where the service is.
    let database: String
    private(set) var server: RunningServer
    private let options: [String]
    private var badCalls: [BadCalls] = []

    /// By their `external_id`: answered 201, refused, and with an outcome that nobody knows.
    fileprivate var kept: Set<String> = []
    fileprivate var refused: Set<String> = []
    fileprivate var unknown: Set<String> = []

    /// - Parameter diskBytes: where the database gets a disk of its own.
    init(_ options: [String] = [], diskBytes: Int? = nil) throws {
        folder = try TemporaryFolder()
        let folder = folder
        disk = try diskBytes.map { try SmallDisk(bytes: $0, in: folder) }
        database = disk.map { $0.root + "/casekeeper.db" } ?? folder.path("casekeeper.db")
        self.options = options + ["--database", database, "--loops", "1"]
        server = try RunningServer(self.options, launcher: disk?.launcher ?? [], in: folder)
    }

    /// A process can't end as long as its calls are held up.
    deinit {
        for calls in badCalls { try? calls.end() }
    }

    /// Makes system calls of the service fail, or wait, until that is ended.
    func makeBad(_ calls: String, _ fault: String, on suffix: String? = nil) throws -> BadCalls {
        let bad = try BadCalls(
            of: server.process, calls, fault, on: suffix.map { database + $0 }, in: folder)
        badCalls.append(bad)
        return bad
    }

    /// Makes the service wait in its next sync until that is ended.
    func holdSync() throws -> BadCalls {
        try makeBad("fdatasync", "delay_enter=3600000000")
    }

    /// A file beside the database, for those outside of its disk.
    func path(_ suffix: String = "") -> String {
        (disk?.path("casekeeper.db") ?? database) + suffix
    }

    /// The size of the file of the write-ahead log.
    func logSize() throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path("-wal"))[.size] as? Int)
    }

    func get(_ path: String) throws -> ServiceAnswer {
        try ServiceAnswer("GET", path, port: server.port)
    }

    /// A figure of /metrics.
    func figure(_ name: String) throws -> Int? {
        let lines = try get("/metrics").body.split(separator: "\n")
        return lines.first { $0.hasPrefix(name + " ") }.flatMap { Int($0.dropFirst(name.count + 1)) }
    }

    /// Opens a case, and writes down what the client may believe by the answer.
    @discardableResult
    func write() throws -> ServiceAnswer {
        try beginWrite().end()
    }

    /// Opens a case while the test does something else.
    func beginWrite() -> Write {
        Write(self)
    }

    final class Write {
        private let scene: FaultScene
        private let id = UUID().uuidString
        private let answer: Meanwhile<ServiceAnswer>

        fileprivate init(_ scene: FaultScene) {
            self.scene = scene
            let words = String(repeating: "It leaks. ", count: 400)
            let body = #"{"complaint": "\#(words)", "customer": {"name": "Ann"}, "external_id": "\#(id)"}"#
            let port = scene.server.port
            answer = Meanwhile { try ServiceAnswer("POST", "/v1/cases", body: body, port: port) }
        }

        /// Waits for the answer, and writes down what the client may believe by it.
        func end() throws -> ServiceAnswer {
            let answer = try answer.value()
            switch (answer.status, answer.code) {
            case (201, _): scene.kept.insert(id)
            // No answer at all is what a client gets whose service ends.
            case (0, _), (503, "outcome_unknown"): scene.unknown.insert(id)
            default: scene.refused.insert(id)
            }
            return answer
        }
    }

    /// How often the log says something.
    func logged(_ words: String...) -> Int {
        server.process.errors.split(separator: "\n").count { line in words.allSatisfy { line.contains($0) } }
    }

    /// Ends the service.
    func end() throws -> RunResult {
        server.process.signal(SIGTERM)
        return try server.process.wait()
    }

    /// Starts the service again.
    func start() throws {
        server = try RunningServer(options, launcher: disk?.launcher ?? [], in: folder)
    }

    /// Runs another command where the service is.
    func run(_ arguments: String...) throws -> RunResult {
        try Binary.run(arguments + ["--database", database], launcher: disk?.launcher ?? [], in: folder)
    }

    /// Ends the service, and compares what is on record with what its clients were told.
    func settle() throws {
        let ended = try end()
        #expect(ended.exitCode == 0, "\(ended.errors)")
        try compare()
    }

    /// Compares what is on record with what the clients were told: all that was answered 201 is there whole, nothing
    /// of what was refused is.
    func compare() throws {
        let verified = try run("verify")
        #expect(verified.exitCode == 0, "\(verified.output)")
        let exported = try run("export", "cases", "--format", "jsonl")
        #expect(exported.exitCode == 0, "\(exported.errors)")
        let cases = try exported.output.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        let there = cases.compactMap { $0["external_id"] as? String }
        #expect(Set(there).count == there.count)
        #expect(kept.subtracting(there) == [], "answered 201 and lost")
        #expect(refused.intersection(there) == [], "refused and there all the same")
        #expect(Set(there).subtracting(kept).isSubset(of: unknown))
        #expect(cases.allSatisfy { ($0["promises"] as? [Any])?.count == 1 }, "a case without its promise")
    }
}
