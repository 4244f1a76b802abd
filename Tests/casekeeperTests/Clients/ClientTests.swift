import Foundation
import Testing

@Suite("Clients that nobody here wrote")
struct ClientTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Python with what `make test-deps` has put beside it.
    private static let python = Repository.root.appending(path: ".build-test/venv/bin/python").path

    private static func script(_ name: String) -> String {
        Repository.root.appending(path: "Tests/Clients/\(name)").path
    }

    private func run(_ program: String, _ arguments: [String]) throws -> RunResult {
        try #require(FileManager.default.isExecutableFile(atPath: program), "\(program) is missing: make test-deps")
        return try RunningProcess(path: program, arguments, environment: ["PATH": "/usr/bin:/bin"], in: folder).wait()
    }

    /// What the whole database has to be after whatever clients did to it.
    private func requireWhole(_ server: RunningServer) throws {
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
        let verified = try Binary.run(["verify"], in: folder)
        #expect(verified.exitCode == 0, "\(verified.output)\(verified.errors)")
    }

    @Test(
        "get a desk through its day: Python's requests, and curl; with no more requests than it takes",
        arguments: [
            (python, "desk_day.py", "agent"), ("/bin/bash", "desk_day.sh", "agent"),
            (python, "desk_requests.py", "manager"),
        ])
    func day(program: String, script: String, role: String) throws {
        let made = try Binary.run(["token", "create", "desk", "--role", role], in: folder)
        let token = String(try #require(made.output.firstMatch(of: /ck_[A-Za-z0-9_-]+/)).output)
        let server = try RunningServer(in: folder)
        let result = try run(program, [Self.script(script), "http://127.0.0.1:\(server.port)", token])
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        try requireWhole(server)
    }

    @Test(
        "LibreOffice Calc has dates as dates, phone numbers and formulas as texts, and every language, at either separator"
    )
    func spreadsheet() throws {
        let server = try RunningServer(in: folder)
        let sheets = folder.path("sheets")
        try FileManager.default.createDirectory(atPath: sheets, withIntermediateDirectories: false)
        let result = try run(
            Self.python, [Self.script("spreadsheet.py"), "http://127.0.0.1:\(server.port)", sheets])
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        try requireWhole(server)
    }

    @Test("read back five hundred of the nastiest texts as they were written, as JSON and as CSV, and find them")
    func texts() throws {
        let server = try RunningServer(in: folder)
        let result = try run(Self.python, [Self.script("nasty_texts.py"), "http://127.0.0.1:\(server.port)"])
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        try requireWhole(server)
    }
}
