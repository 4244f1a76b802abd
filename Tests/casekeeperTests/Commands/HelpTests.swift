import ArgumentParser
import Testing

@testable import casekeeper

@Suite("casekeeper")
struct HelpTests {
    let folder = try! TemporaryFolder()

    @Test(
        "says how it is used, on standard output",
        arguments: [
            ["--help"], ["help"], [], ["serve", "--help"], ["help", "import"], ["token", "--help"],
            ["token", "create", "--help"],
        ])
    func help(arguments: [String]) throws {
        let result = try Binary.run(arguments, in: folder)
        #expect(result.exitCode == 0)
        #expect(result.output.contains("USAGE: casekeeper"))
        #expect(result.errors.isEmpty)
    }

    @Test("says of each command how it is used, by the command's own name")
    func usage() throws {
        var left = Casekeeper.configuration.subcommands.map { (path: "casekeeper", type: $0) }
        while let (path, type) = left.popLast() {
            let own = "\(path) \(try #require(type.configuration.commandName))"
            #expect(
                Casekeeper.usageString(for: type).split(separator: " ").starts(with: own.split(separator: " ")),
                "\(Casekeeper.usageString(for: type))")
            left += type.configuration.subcommands.map { (path: own, type: $0) }
        }
    }

    @Test("says its version, and what it does not know (64)")
    func version() throws {
        let version = try Binary.run(["--version"], in: folder)
        #expect(version.exitCode == 0)
        #expect(version.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
        let unknown = try Binary.run(["surf"], in: folder)
        #expect(unknown.exitCode == 64)
        #expect(unknown.errors.hasPrefix("Error: There is no command 'surf'. There are serve, import, "))
    }

    @Test(
        "says which command was meant by one that is none, whatever stands behind it (64)",
        arguments: [
            (["srve"], "'srve'. Did you mean 'casekeeper serve'?"),
            (["tokens", "list"], "Did you mean 'casekeeper token'?"),
            (["bakup", "x"], "Did you mean 'casekeeper backup'?"), (["Serve", "--listen", "x"], "'casekeeper serve'?"),
            (["token", "crate", "x", "--role", "admin"], "'token crate'. Did you mean 'casekeeper token create'?"),
            (["token", "x"], "'token x'. There are create, list, revoke."), (["help", "srve"], "'casekeeper serve'?"),
            (["srve", "--help"], "'casekeeper serve'?"),
        ])
    func nearest(arguments: [String], advice: String) throws {
        let result = try Binary.run(arguments, in: folder)
        #expect(result.exitCode == 64)
        #expect(result.output.isEmpty)
        #expect(result.errors.hasPrefix("Error: There is no command '"))
        #expect(result.errors.prefix { $0 != "\n" }.hasSuffix(advice), "\(result.errors)")
    }

    @Test("tells of each variable that is named like an option's and is none, and goes on")
    func strays() throws {
        let environment = [
            "CASEKEEPER_DATABSE": "y.db", "CASEKEEPER_MEMORY_LIMT": "1", "CASEKEEPER_CFPB_CSV": "x", "OTHER": "x",
            "CASEKEEPER_REPORT_QUEUE": "5", "casekeeper_wal_limit": "1", "CASEKEEPER_EMPTY": "",
        ]
        let told = [
            "CASEKEEPER_CFPB_CSV is in the environment, and no option's: it does nothing.",
            "CASEKEEPER_DATABSE is in the environment, and no option's: it does nothing. "
                + "Did you mean CASEKEEPER_DATABASE?",
            "CASEKEEPER_MEMORY_LIMT is in the environment, and no option's: it does nothing. "
                + "Did you mean CASEKEEPER_MEMORY_LIMIT?",
            "casekeeper_wal_limit is in the environment, and no option's: it does nothing. "
                + "Did you mean CASEKEEPER_WAL_LIMIT?",
        ]
        let made = try Binary.run(["migrate"], environment: environment, in: folder)
        #expect(made.exitCode == 0)
        #expect(made.errors.hasPrefix(told.map { "casekeeper: \($0)\n" }.joined()), "\(made.errors)")
        let refused = try Binary.run(["token", "create", "x"], environment: ["CASEKEEPER_ROLL": "admin"], in: folder)
        #expect(refused.exitCode == 64)
        #expect(refused.errors.hasPrefix("casekeeper: CASEKEEPER_ROLL is"), "\(refused.errors)")
        #expect(refused.errors.contains("Did you mean CASEKEEPER_ROLE?"))
        let server = try RunningServer(["--log-format", "json"], environment: environment, in: folder)
        let lines = server.process.errors.split(separator: "\n")
        #expect(lines.allSatisfy { $0.hasPrefix("{") }, "\(lines)")
        for words in told { #expect(lines.contains { $0.contains("\"warning\"") && $0.contains(words) }, "\(words)") }
    }
}
