import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import casekeeper

/// What becomes of the work when nobody takes what is said of it.
@Suite("Standard output and standard error that can't be written", .serialized)
struct StandardStreamTests {
    let folder = try! TemporaryFolder()

    /// Runs the binary with its streams redirected as a shell has it.
    private func start(_ redirection: String, _ arguments: [String]) throws -> RunningProcess {
        try Binary.start(
            arguments, launcher: ["/bin/bash", "-c", "exec \"$0\" \"$@\" \(redirection)"], in: folder)
    }

    private func isServing(_ port: Int) -> Bool {
        (try? ServiceAnswer("GET", "/readyz", port: port).status) == 200
    }

    @Test(
        "a log that is closed, on a full disk, or a pipe whose reader has gone costs the service nothing",
        arguments: ["2>&-", "2>/dev/full", "2> >(exit 0)", "0<&- 1>&- 2>&-"])
    func log(redirection: String) throws {
        let port = try FreePort.find()
        let process = try start(redirection, ["serve", "--listen", "127.0.0.1:\(port)"])
        #expect(eventually { isServing(port) })
        for count in 1...300 {
            let answer = try ServiceAnswer(
                "POST", "/v1/cases", body: #"{"complaint":"It drips.","customer":{"name":"Ida"}}"#, port: port)
            guard answer.status == 201 else {
                Issue.record("\(count): \(answer.body)")
                break
            }
        }
        process.signal(SIGTERM)
        #expect(try process.wait().exitCode == 0)
        // Nothing of the log was written into a file that got the number of a closed descriptor.
        let verified = try Binary.run(["verify"], in: folder)
        #expect(verified.exitCode == 0, "\(verified.output)")
        #expect(try Database(path: folder.path("casekeeper.db")).cases().count == 300)
    }

    @Test("a log that nobody reads holds nothing up, and says how much was lost once it is read again")
    func stalled() throws {
        let port = try FreePort.find()
        #expect(mkfifo(folder.path("log"), 0o600) == 0)
        let reader = open(folder.path("log"), O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        let process = try start("2>log", ["serve", "--listen", "127.0.0.1:\(port)", "--log-format", "json"])
        #expect(eventually { isServing(port) })
        // A pipe holds 64 KiB, some 300 lines.
        for _ in 0..<1000 { #expect(isServing(port)) }
        var log: [UInt8] = []
        func read() {
            var buffer = [UInt8](repeating: 0, count: 65536)
            while case let count = Foundation.read(reader, &buffer, buffer.count), count > 0 { log += buffer[..<count] }
        }
        read()
        #expect(isServing(port))
        process.signal(SIGTERM)
        #expect(try process.wait().exitCode == 0)
        read()
        let lines = String(decoding: log, as: UTF8.self).split(separator: "\n")
        for line in lines {
            #expect(throws: Never.self, "\(line)") { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
        }
        #expect(lines.contains { $0.contains("lines of the log were lost") && $0.contains(#""lines":"#) })
        #expect(lines.last?.contains("shut down") ?? false)
    }

    /// A database with cases in it.
    private func fill(_ count: Int) throws {
        let rows = (0..<count).map { "It leaks \($0) and drips and hisses.,Ann,\($0)\n" }.joined()
        try folder.write("words,name,key\n" + rows, to: "in.csv")
        let result = try Binary.run(importLine, in: folder)
        #expect(result.exitCode == 0, "\(result.errors)")
    }

    private let importLine = [
        "import", "in.csv", "--map", "complaint=words", "--map", "customer.name=name", "--map", "external_id=key",
    ]

    @Test("an export whose reader has had enough ends without a word (141)")
    func head() throws {
        try fill(5000)
        let process = try start("> >(head -1 > first)", ["export", "cases"])
        let result = try process.wait()
        #expect(result.exitCode == 141)
        #expect(result.errors == "")
        #expect(try eventually { try folder.read("first").hasPrefix("id,") })
    }

    @Test("whatever a command is asked for and can't write is a failure (74)", arguments: [">/dev/full", ">&-"])
    func output(redirection: String) throws {
        try fill(10)
        // For a list to have something in it.
        #expect(try Binary.run(["token", "create", "Bo", "--role", "reader"], in: folder).exitCode == 0)
        for arguments in [
            ["export", "cases"], ["verify"], ["openapi"], ["token", "create", "Ann", "--role", "admin"],
            ["token", "list"],
            ["migrate"], ["backup", "copy.db"], importLine, ["clock"], ["head"], ["doctor"], ["config"], ["--version"],
        ] + helps {
            let result = try start(redirection, arguments).wait()
            #expect(result.exitCode == 74, "\(arguments): \(result.errors)")
            #expect(result.errors.contains("cannot write standard output"), "\(arguments): \(result.errors)")
        }
        #expect(folder.has("copy.db"), "the work itself was done")
    }

    /// What is said of each command, in both ways of asking.
    private var helps: [[String]] {
        func all(_ command: any ParsableCommand.Type, _ words: [String]) -> [[String]] {
            [words]
                + command.configuration.subcommands.flatMap { all($0, words + [$0.configuration.commandName ?? ""]) }
        }
        return all(Casekeeper.self, []).flatMap { [["help"] + $0, $0 + ["--help"]] }
    }

    @Test("a token whose secret nobody gets is not made, or is revoked")
    func token() throws {
        _ = try Binary.run(["migrate"], in: folder)
        for redirection in [">/dev/full", ">&-", "> >(exit 0)"] {
            // By then whoever might have read has gone.
            let script = "exec 9\(redirection); sleep 0.5; exec \"$0\" \"$@\" >&9"
            let closed = "exec \"$0\" \"$@\" >&-"
            let result = try Binary.run(
                ["token", "create", "Ann", "--role", "admin"],
                launcher: ["/bin/bash", "-c", redirection == ">&-" ? closed : script], in: folder)
            #expect(result.exitCode == (redirection == "> >(exit 0)" ? 141 : 74), "\(redirection): \(result)")
            let listed = try Binary.run(["token", "list"], in: folder).output
            #expect(!listed.contains("does not expire"), "\(redirection): \(listed)")
            #expect(listed.isEmpty || result.errors.contains("which was made, is revoked"), "\(result.errors)")
        }
    }

    @Test("an import, a backup and a verification whose messages nobody reads do all of their work")
    func messages() throws {
        try fill(10)
        try folder.write("words,name\nIt hums.,Bo\n,\n", to: "in2.csv")
        for redirection in ["2>&-", "2>/dev/full", "2> >(exit 0)"] {
            let imported = try start(
                redirection, ["import", "in2.csv", "--map", "complaint=words", "--map", "customer.name=name"]
            ).wait()
            #expect(imported.exitCode == 65 && imported.output.contains("2 rows: 1 added"))
            #expect(try start(redirection, ["backup", "copy.db", "--force"]).wait().exitCode == 0)
            #expect(try start(redirection, ["verify"]).wait().exitCode == 0)
        }
        #expect(try Database(path: folder.path("casekeeper.db")).cases().count == 13)
    }
}
