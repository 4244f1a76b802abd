import Complaints
import DeskSimulation
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Board
@testable import CaseAPI

/// The board of the built binary in Debian's Chromium, driven by PyPI's playwright (Tests/Clients/board.py), at a desk of some
/// months. `make screenshots` has each page drawn besides.
@Suite("The board in a browser", .serialized)
struct BoardInBrowserTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Where pages are drawn to; nil where they are not.
    private static let screenshots = ProcessInfo.processInfo.environment["CASEKEEPER_SCREENSHOTS"]

    /// The patterns of all pages: the board's, and the customer's.
    private static let pages = Set(
        Board.pages.filter { $0.method == .get }.map(\.pattern) + RouteMap.patterns.filter { $0.hasPrefix("/c/") }
    ).sorted().joined(separator: " ")

    /// A desk of made-up months, and one more with a story to each case, made through the API: made once, and each check has
    /// one like it.
    private struct MadeDesk {
        let database: FileTemplate
        /// Of an admin, a manager and an agent.
        let tokens: [String]
        /// What there is, as JSON.
        let made: String

        static let shared = Result { try MadeDesk() }

        private init() throws {
            let folder = try TemporaryFolder()
            let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            let path = folder.path("casekeeper.db")
            _ = try DeskPlan(cases: 400, overdue: 24, until: now, span: .days(70)).make(at: path)
            tokens = try ["admin", "manager", "agent"].map { role in
                let made = try Binary.run(["token", "create", "\(role) of the desk", "--role", role], in: folder)
                return String(try #require(made.output.firstMatch(of: /ck_[A-Za-z0-9_-]+/)).output)
            }
            let server = try RunningServer(["--log-level", "notice"], in: folder)
            let made = try python("board_desk.py", ["http://127.0.0.1:\(server.port)", tokens[0]], in: folder)
            server.process.signal(SIGTERM)
            let ended = try server.process.wait()
            try #require(made.exitCode == 0 && ended.exitCode == 0, "\(made.output)\(made.errors)\(ended.errors)")
            let log = try? FileManager.default.attributesOfItem(atPath: "\(path)-wal")[.size] as? Int
            try #require((log ?? 0) == 0, "all of it is in the one file")
            self.made = made.output
            database = try FileTemplate { try FileManager.default.copyItem(atPath: path, toPath: $0) }
        }
    }

    private func desk() throws -> Desk {
        let like = try MadeDesk.shared.get()
        try like.database.copyUnlessThere(folder.path("casekeeper.db"))
        let server = try RunningServer(["--log-level", "notice"], in: folder)
        return Desk(server: server, base: "http://127.0.0.1:\(server.port)", tokens: like.tokens, made: like.made)
    }

    private struct Desk {
        let server: RunningServer
        let base: String
        /// Of an admin, a manager and an agent.
        let tokens: [String]
        /// What there is, as JSON.
        let made: String
    }

    private static func python(_ script: String, _ arguments: [String], in folder: TemporaryFolder) throws -> RunResult
    {
        try PythonTool.run(
            "python", [Repository.root.appending(path: "Tests/Clients/\(script)").path] + arguments, in: folder)
    }

    /// What is looked at, as whoever looks says it: the registry is Python's.
    private static func checks() throws -> [String] {
        let listed = try python("board.py", ["--list"], in: TemporaryFolder())
        let names = listed.output.split(separator: "\n").map(String.init)
        guard listed.exitCode == 0, !names.isEmpty else { throw Unlisted(why: listed.errors) }
        return names
    }

    private struct Unlisted: Error {
        let why: String
    }

    @Test(
        "has no fault on any page, in a manager's and an agent's morning with and without scripts, by keyboard, and live",
        arguments: try checks())
    func check(name: String) throws {
        let desk = try desk()
        let result = try Self.python(
            "board.py", [name, desk.base, desk.tokens.joined(separator: " "), Self.pages, desk.made], in: folder)
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        #expect(!desk.server.process.errors.contains(" error "), "\(desk.server.process.errors)")
    }

    @Test("is drawn, each page at three widths", .enabled(if: screenshots != nil))
    func draw() throws {
        let desk = try desk()
        let result = try Self.python(
            "board.py",
            [
                "screenshots", desk.base, desk.tokens.joined(separator: " "), Self.pages, desk.made,
                try #require(Self.screenshots),
            ], in: folder)
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
    }
}
