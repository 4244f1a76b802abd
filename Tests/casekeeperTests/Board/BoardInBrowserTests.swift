import Complaints
import DeskSimulation
import Foundation
import HTTPTypes
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

    /// A desk of made-up months, and one more with a story to each case, made through the API.
    private func desk() throws -> Desk {
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        _ = try DeskPlan(cases: 400, overdue: 24, until: now, span: .days(70)).make(at: folder.path("casekeeper.db"))
        let tokens = try ["admin", "manager", "agent"].map { role in
            let made = try Binary.run(["token", "create", "\(role) of the desk", "--role", role], in: folder)
            return String(try #require(made.output.firstMatch(of: /ck_[A-Za-z0-9_-]+/)).output)
        }
        let server = try RunningServer(["--log-level", "notice"], in: folder)
        let base = "http://127.0.0.1:\(server.port)"
        let made = try python("board_desk.py", base, tokens[0])
        #expect(made.exitCode == 0, "\(made.output)\(made.errors)")
        return Desk(server: server, base: base, tokens: tokens, made: made.output)
    }

    private struct Desk {
        let server: RunningServer
        let base: String
        /// Of an admin, a manager and an agent.
        let tokens: [String]
        /// What there is, as JSON.
        let made: String
    }

    private func python(_ script: String, _ arguments: String...) throws -> RunResult {
        try PythonTool.run(
            "python", [Repository.root.appending(path: "Tests/Clients/\(script)").path] + arguments, in: folder)
    }

    @Test(
        "has no fault on any page, in a manager's and an agent's morning with and without scripts, by keyboard, and live",
        arguments: [
            "pages", "paper", "times", "manager", "narrowing", "agent", "case", "forms", "keyboard", "live", "links",
        ])
    func check(name: String) throws {
        let desk = try desk()
        let result = try python("board.py", name, desk.base, desk.tokens.joined(separator: " "), Self.pages, desk.made)
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        #expect(!desk.server.process.errors.contains(" error "), "\(desk.server.process.errors)")
    }

    @Test("is drawn, each page at three widths", .enabled(if: screenshots != nil))
    func draw() throws {
        let desk = try desk()
        let result = try python(
            "board.py", "screenshots", desk.base, desk.tokens.joined(separator: " "), Self.pages, desk.made,
            try #require(Self.screenshots))
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
    }
}
