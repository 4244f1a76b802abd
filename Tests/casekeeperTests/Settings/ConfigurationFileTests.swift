import ArgumentParser
import Foundation
import Testing

@testable import casekeeper

@Suite("Options stand in a file")
struct ConfigurationFileTests {
    let folder = try! TemporaryFolder()

    private func sources(_ file: String? = nil, _ environment: [String: String] = [:]) throws -> OptionSources {
        let path = try file.map { try folder.write($0, to: "usual.conf") } ?? folder.path("none.conf")
        return OptionSources(root: Casekeeper.self, environment: environment, usualFile: path)
    }

    private func refusal(_ file: String, _ words: [String] = ["migrate"]) throws -> String {
        let sources = try sources(file)
        let failure = #expect(throws: CommandFailure.self) { try sources.completing(words) }
        #expect(failure?.status == .configuration)
        return failure?.message ?? ""
    }

    @Test("what is typed wins over the environment, which wins over the file, which wins over what is usual")
    func precedence() throws {
        let file = "CASEKEEPER_DATABASE=f.db\nCASEKEEPER_LISTEN=\"a:1\nb:2\"\nCASEKEEPER_KNOWN_OWNERS=yes\n"
        func words(_ typed: [String], _ environment: [String: String] = [:]) throws -> [String] {
            try sources(file, environment).completing(["serve"] + typed).words
        }
        #expect(
            try words([]) == ["serve", "--listen=a:1", "--listen=b:2", "--database=f.db", "--known-owners"])
        let environment = ["CASEKEEPER_DATABASE": "e.db", "CASEKEEPER_KNOWN_OWNERS": "0", "CASEKEEPER_LISTEN": ""]
        #expect(try words([], environment) == ["serve", "--listen=a:1", "--listen=b:2", "--database=e.db"])
        #expect(
            try words(["--database", "t.db", "--listen=c:3"], environment)
                == ["serve", "--database", "t.db", "--listen=c:3"])
        #expect(try sources().completing(["serve"]).words == ["serve"])
    }

    @Test("the file is the one that --config names, or CASEKEEPER_CONFIG, else the usual one; /dev/null is none")
    func which() throws {
        let other = try folder.write("CASEKEEPER_DATABASE=o.db\n", to: "other.conf")
        func database(_ typed: [String], _ environment: [String: String] = [:]) throws -> String? {
            let completed = try sources("CASEKEEPER_DATABASE=u.db\n", environment).completing(["migrate"] + typed)
            return completed.settings.first { $0.option.name == "database" }?.values.first
        }
        #expect(try database([]) == "u.db")
        #expect(try database(["--config", other]) == "o.db")
        #expect(try database([], ["CASEKEEPER_CONFIG": other]) == "o.db")
        #expect(try database(["--config=/dev/null"], ["CASEKEEPER_CONFIG": other]) == nil)
        let failure = #expect(throws: CommandFailure.self) { try database(["--config", "none.conf"]) }
        #expect(failure?.message.contains("none.conf") == true)
    }

    @Test(
        "a name that is no option's is refused with the nearest that is, and all that is wrong at once, with its line")
    func unknown() throws {
        let message = try refusal(
            """
            CASEKEEPER_LISTN=127.0.0.1:80
            CASKEEPER_DATABASE=x.db
            DATABASE=x.db
            TZ=UTC
            CASEKEEPER_DATABASE=x.db
            CASEKEEPER_DATABASE=y.db
            nonsense
            CASEKEEPER_KNOWN_OWNERS=maybe
            CASEKEEPER_CONFIG=other.conf
            casekeeper_wal_limit=100000
            """)
        #expect(message.hasPrefix("\(folder.path("usual.conf")) is no file of configuration:\n"))
        let lines = message.split(separator: "\n").dropFirst().map(String.init)
        #expect(
            lines.map { $0.prefix { $0 != ":" && $0 != "," } } == [
                "  line 1 has CASEKEEPER_LISTN", "  line 2 has CASKEEPER_DATABASE", "  line 3 has DATABASE",
                "  line 4 has TZ", "  line 6 has CASEKEEPER_DATABASE again", "  line 7 has no =",
                "  line 8 has 'maybe' for CASEKEEPER_KNOWN_OWNERS", "  line 9 has CASEKEEPER_CONFIG",
                "  line 10 has casekeeper_wal_limit",
            ])
        for (index, name) in [
            (0, "LISTEN"), (1, "DATABASE"), (2, "DATABASE"), (8, "WAL_LIMIT"),
        ] { #expect(lines[index].hasSuffix("did you mean CASEKEEPER_\(name)?"), "\(lines[index])") }
        #expect(lines[4].hasSuffix("which line 5 has"))
    }

    @Test(
        "a file may have every option of every command, and each is told by its name",
        arguments: OptionFormTests.options)
    func everyOption(place: OptionFormTests.Place) throws {
        let variable = OptionSources.variable(place.option.name)
        guard place.option.name != "config" else { return }
        let value = place.option.kind == .flag ? "on" : "some text"
        let completed = try sources("# One\n\(variable)=\(value)\n").completing(place.words)
        let setting = try #require(completed.settings.first { $0.option == place.option })
        #expect(setting.source == .file(path: folder.path("usual.conf"), line: 2))
        #expect(completed.words == place.words + setting.words)
        let message = "Error: The value 'some text' is invalid for '--\(place.option.name) <x>': no.\nUsage: x"
        let blamed = completed.blaming(message)
        #expect(blamed.message.contains(" for \(variable) (line 2 of \(folder.path("usual.conf"))): no."))
        #expect(blamed.status == .configuration)
    }

    @Test("who may write it, and who may read a secret in it, is told; the help is read without it")
    func notes() throws {
        let secret = "ck_" + String(repeating: "x", count: 43)
        func notes(_ text: String, _ mode: mode_t) throws -> [String] {
            let sources = try sources(text)
            chmod(sources.usualFile, mode)
            return try sources.completing(["migrate"]).file?.notes ?? []
        }
        #expect(try notes("CASEKEEPER_DATABASE=x.db", 0o644) == [])
        #expect(try notes("CASEKEEPER_DATABASE=x.db", 0o664).first?.contains("chmod go-w ") == true)
        let told = try notes("\nCASEKEEPER_BOOTSTRAP_TOKEN_FILE=\(secret)", 0o644)
        #expect(told.count == 1 && told[0].hasPrefix("CASEKEEPER_BOOTSTRAP_TOKEN_FILE in line 2 of "))
        #expect(!told.joined().contains(secret))
        #expect(try notes("CASEKEEPER_BOOTSTRAP_TOKEN_FILE=\(secret)", 0o640) == [])
        #expect(try sources("nonsense").completing(["migrate", "--help"]).words == ["migrate", "--help"])
    }
}

/// With the built binary.
@Suite("casekeeper config")
struct ConfigCommandTests {
    let folder = try! TemporaryFolder()

    private func write(_ text: String) throws -> String { try folder.write(text, to: "casekeeper.conf") }

    private struct Shown: Decodable {
        struct Setting: Decodable {
            let option: String
            let variable: String
            let value: String?
            let secret: Bool
            let source: String
            let file: String?
            let line: Int?
        }
        let settings: [Setting]
    }

    @Test("shows every setting of serve once, with its value and where it is from, and no secret")
    func shows() throws {
        let secret = "ck_" + String(repeating: "x", count: 43)
        let file = try write(
            "CASEKEEPER_DATABASE=f.db\nCASEKEEPER_LISTEN='127.0.0.1:1, 127.0.0.1:2'\nCASEKEEPER_BATCH_SIZE=7\n"
                + "CASEKEEPER_BOOTSTRAP_TOKEN_FILE=\(secret)\nCASEKEEPER_EXCEPT=offsite\n")
        let environment = ["CASEKEEPER_CONFIG": file, "CASEKEEPER_DATABASE": "e.db", "CASEKEEPER_KNOWN_OWNERS": "1"]
        let words = ["--backlog", "7", "--trusted-proxy=10.0.0.0/8", "--trusted-proxy", "unix:"]
        let result = try Binary.run(["config", "--json"] + words, environment: environment, in: folder)
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(!result.output.contains(secret) && !result.errors.contains(secret))
        let shown = try JSONDecoder().decode(Shown.self, from: Data(result.output.utf8)).settings
        let all = DeclaredOption.options(of: ServeCommand.self) + DeclaredOption.options(of: DoctorOptions.self)
        #expect(shown.dropLast().map(\.option) == all.map(\.name))
        #expect(shown.last?.option == "batch-size" && shown.last?.value == "7", "another command's")
        let table = try Binary.run(["config"] + words, environment: environment, in: folder).output
        let rows = table.split(separator: "\n").map { $0.split(separator: #/ {2,}/#).map(String.init) }
        #expect(rows.count == shown.count)
        for (option, value, origin) in [
            ("database", "e.db", "CASEKEEPER_DATABASE"), ("listen", "127.0.0.1:1, 127.0.0.1:2", "\(file):2"),
            ("bootstrap-token-file", "(present)", "\(file):4"), ("known-owners", "on", "CASEKEEPER_KNOWN_OWNERS"),
            ("backlog", "7", "command line"), ("trusted-proxy", "10.0.0.0/8,unix:", "command line"),
            ("require-if-match", "off", "default"), ("idle-timeout", "PT1M", "default"),
            ("loops", "one a core", "default"), ("webhook-allow", "-", "default"),
            ("config", file, "CASEKEEPER_CONFIG"), ("backups", "backups, beside the database", "default"),
            ("backup-age", "P2D", "default"), ("except", "offsite", "\(file):5"),
        ] {
            let setting = try #require(shown.first { $0.option == option })
            #expect(setting.value ?? "-" == value, "\(option)")
            #expect(setting.variable == OptionSources.variable(option))
            #expect(setting.secret == (option == "bootstrap-token-file"))
            #expect(rows.contains([option, value, origin]), "\(option)")
            #expect((setting.source == "file") == (setting.line != nil))
        }
        for setting in shown where setting.source == "default" && setting.value == nil {
            #expect(
                ["bootstrap-token-file", "contact", "public-url", "trusted-proxy", "webhook-allow"].contains(
                    setting.option),
                "\(setting.option)")
        }
    }

    @Test("nothing that is shown moves the cursor of a terminal, or is not seen")
    func unseen() throws {
        let name = "a\u{1B}[2Jb\u{202E}c.db"
        let shown = try Binary.run(["config", "--database", name], in: folder).output
        #expect(shown.contains(#"a\u{1B}[2Jb\u{202E}c.db"#), "\(shown)")
        #expect(!shown.unicodeScalars.contains("\u{1B}") && !shown.unicodeScalars.contains("\u{202E}"))
        #expect(try Binary.run(["config", "--json", "--database", name], in: folder).output.contains(#"\u001b[2J"#))
    }

    @Test("finds what can't be right, as serve does: in the file 78, with the line, else 64")
    func checks() throws {
        let file = try write("\nCASEKEEPER_IDLE_TIMEOUT=60\n")
        for command in ["config", "serve"] {
            let refused = try Binary.run([command, "--config", file], in: folder)
            #expect(refused.exitCode == 78)
            #expect(
                refused.errors.contains("The value '60' is invalid for CASEKEEPER_IDLE_TIMEOUT (line 2 of \(file)): "))
            let typed = try Binary.run([command, "--config", file, "--idle-timeout", "61"], in: folder)
            #expect(typed.exitCode == 64, "what is typed wins")
            let unknown = try Binary.run([command, "--config", folder.path("none")], in: folder)
            #expect(unknown.exitCode == 78 && unknown.output.isEmpty)
        }
        #expect(!folder.has("casekeeper.db"))
    }

    @Test("a file that may not be read ends whatever would read it (78), and says how to do without; no others")
    func unreadable() throws {
        let file = try write("CASEKEEPER_DATABASE=f.db\n")
        chmod(file, 0)
        func run(_ words: String..., config: String) throws -> RunResult {
            try Binary.run(
                words, environment: ["CASEKEEPER_CONFIG": config], launcher: BoundUser.launcher, in: folder)
        }
        for command in ["config", "serve", "migrate", "verify", "due"] {
            let refused = try run(command, config: file)
            #expect(refused.exitCode == 78, "\(command)")
            #expect(refused.errors.contains("cannot open \(file): Permission denied"))
        }
        #expect(try run("openapi", config: file).exitCode == 0)
        #expect(try run("migrate", "--help", config: file).exitCode == 0)
        #expect(try run("--version", config: file).exitCode == 0)
        #expect(try run("migrate", "--config", "/dev/null", config: file).exitCode == 0)
        #expect(folder.has("casekeeper.db") && !folder.has("f.db"))
        let usual = OptionSources(root: Casekeeper.self, environment: [:], usualFile: folder.path(""))
        let failure = #expect(throws: CommandFailure.self) { try usual.completing(["migrate"]) }
        #expect(
            failure?.message.contains("--config /dev/null") == true, "of the usual one it is said how to do without")
    }

    @Test("the service goes by its file, says which one it is, and who else may write it")
    func serve() throws {
        let file = try write("CASEKEEPER_LISTEN=127.0.0.1:0\nCASEKEEPER_DATABASE=f.db\n")
        chmod(file, 0o666)
        let server = try RunningServer(Binary.start(["serve", "--config", file], in: folder))
        #expect(folder.has("f.db"))
        #expect(server.process.errors.contains("read the file of configuration"))
        #expect(server.process.errors.contains("chmod go-w \(file)"))
    }
}
