import Foundation
import Testing

@testable import casekeeper

@Suite("What an import reads", .serialized)
struct InputFileTests {
    let folder = try! TemporaryFolder()

    private static let options = ["--map", "complaint=words", "--map", "customer.name=name"]

    @Test("may come out of a pipe, however it comes, and be longer than a pipe holds")
    func pipes() throws {
        let rows = (1...4000).map { "It drips at \($0) places.,Ann\n" }.joined()
        try folder.write("words,name\n" + rows, to: "in.csv")
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        let script = """
            cat in.csv > pipe & "$0" import pipe "$@"; wait
            (sleep 0.3; cat in.csv > pipe) & "$0" import pipe "$@"; wait
            (head -c 100000 in.csv; sleep 0.3; tail -c +100001 in.csv) > pipe & "$0" import pipe "$@"; wait
            "$0" import <(cat in.csv) "$@"
            cat in.csv | "$0" import /dev/stdin "$@"
            "$0" import /dev/stdin "$@" < in.csv
            """
        let result = try RunningProcess(
            path: "/bin/bash", ["-ec", script, Binary.path] + Self.options,
            environment: ["PATH": "/usr/bin:/bin", "TMPDIR": folder.url.path], in: folder
        ).wait()
        #expect(result.exitCode == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 6)
        for line in lines {
            #expect(line.hasPrefix("4000 rows: 4000 added, 0 already there, 0 refused"), "\(line)")
        }
        let names = try FolderSnapshot(of: folder).names
        #expect(
            names == ["casekeeper.db", "casekeeper.db-lock", "in.csv", "pipe"],
            "what was kept meanwhile has gone")
    }

    @Test("a file of configuration may come out of a pipe, for every command, and from whoever is slow to end")
    func configuration() throws {
        let script = """

            echo CASEKEEPER_DATABASE=p.db > conf
            "$0" migrate --config <(cat conf; sleep 0.5)
            "$0" config --config <(cat conf; sleep 0.5) | grep p.db
            cat conf | "$0" config --config /dev/stdin | grep p.db
            "$0" doctor --config <(cat conf) | grep p.db
            cat conf | "$0" verify --config /dev/stdin
            """

        let result = try RunningProcess(
            path: "/bin/bash", ["-c", script, Binary.path], environment: ["PATH": "/usr/bin:/bin"], in: folder
        ).wait()
        #expect(!result.errors.contains("nobody writes"), "\(result.errors)")
        #expect(result.exitCode == 0 && folder.has("p.db"))
        #expect(result.output.matches(of: /p\.db/).count >= 4, "\(result.output)")
    }

    @Test("what is taken whole is not read past what it may be long, from a pipe that has no end")
    func endless() throws {
        #expect(try Binary.run(["migrate"], in: folder).exitCode == 0)
        for words in [
            "config --config <(yes)", "migrate --config <(yes)", "doctor --config <(yes)",
            "serve --listen 127.0.0.1:0 --bootstrap-token-file <(yes)",
            "due --calendar <(yes) --from 2026-03-02T09:00:00Z --in PT1H",
            "verify --against http://127.0.0.1:9 --token-file <(yes)",
        ] {
            let result = try RunningProcess(
                path: "/bin/bash", ["-c", "timeout 30 \"$0\" \(words)", Binary.path],
                environment: ["PATH": "/usr/bin:/bin", "TMPDIR": folder.url.path], in: folder
            ).wait()
            #expect(![0, 124].contains(result.exitCode), "\(words): \(result)")
        }
    }

    @Test("refused rows of what a shell puts for a process are in the current folder")
    func rejects() throws {
        let script = #""$0" import <(printf 'words,name\nIt leaks.,\n') "$@""#
        let result = try RunningProcess(
            path: "/bin/bash", ["-c", script, Binary.path] + Self.options,
            environment: ["PATH": "/usr/bin:/bin"],
            in: folder
        ).wait()
        #expect(result.exitCode == 65, "\(result.errors)")
        #expect(try folder.read("import.rejects.csv").contains("It leaks."))
    }

    @Test("is refused where nobody writes into the pipe, and where it is neither file nor pipe (66)")
    func none() throws {
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        for (path, words) in [
            ("pipe", "nobody writes into the pipe"), (".", "no regular file"),
            ("/dev/zero", "no regular file"),
            ("missing.csv", "No such file"),
        ] {
            let result = try Binary.run(
                ["import", path] + Self.options, launcher: ["/usr/bin/timeout", "60"], in: folder)
            #expect(result.exitCode == 66, "\(path): \(result)")
            #expect(result.errors.contains(words), "\(result.errors)")
            #expect(!folder.has("casekeeper.db"))
        }
    }
}
