import CaseStore
import Foundation
import TestSupport
import Testing

@testable import casekeeper

/// What doctor says while a service has a database open that has lost its name is done as it is told.
@Suite("A database that only a process still has", .serialized)
struct HeldDatabaseTests {
    private let folder: TemporaryFolder
    private let desk: String
    private let database: String

    init() throws {
        folder = try TemporaryFolder()
        desk = folder.path("desk")
        database = desk + "/casekeeper.db"
        #expect(mkdir(desk, 0o700) == 0)
    }

    private struct Report: Decodable {
        let findings: [Found]

        struct Found: Decodable {
            let check: String
            let level: String
            let what: String
            let remedy: String?
        }
    }

    private func look(_ port: Int) throws -> [Report.Found] {
        let result = try Binary.run(
            ["doctor", "--json", "--database", database, "--listen", "127.0.0.1:\(port)"], in: folder)
        return try JSONDecoder().decode(Report.self, from: Data(result.output.utf8)).findings
    }

    private func start(_ script: String) throws -> RunningProcess {
        let own = URL(filePath: Binary.path).deletingLastPathComponent().path
        return try RunningProcess(
            path: "/bin/sh", ["-c", "set -e; \(script)"],
            environment: ["PATH": "\(own):/usr/sbin:/usr/bin:/sbin:/bin", "CASEKEEPER_CONFIG": "/dev/null"], in: folder)
    }

    private func shell(_ script: String) throws -> RunResult { try start(script).wait() }

    private func head() throws -> String {
        let result = try Binary.run(["verify", "--database", database], in: folder)
        #expect(result.exitCode == 0, "\(result)")
        return try #require(result.output.firstMatch(of: /head: ([0-9a-f]{64})/).map { String($0.1) })
    }

    static let losses = [
        "rm desk/casekeeper.db",
        "rm desk/casekeeper.db*",
        "mv desk/casekeeper.db desk/old.db",
        "casekeeper backup x.db --database desk/casekeeper.db && mv x.db desk/casekeeper.db",
        "rm desk/casekeeper.db && : > desk/casekeeper.db",
        "rm desk/casekeeper.db* && casekeeper migrate --database desk/casekeeper.db",
        "rm -r desk",
        "rm -r desk && mkdir -m 700 desk",
    ]

    @Test(
        "is the first that doctor tells of, and its commands save all that was answered, however it was lost",
        arguments: losses)
    func saved(_ loss: String) throws {
        let server = try RunningServer(["--database", database], in: folder)
        defer { server.process.signal(SIGKILL) }
        #expect(try open(at: server).hasPrefix("HTTP/1.1 201 "))
        let before = try head()
        let lost = try shell(loss)
        #expect(lost.exitCode == 0, "\(lost)")
        #expect(try eventually { try ServiceAnswer("GET", "/readyz", port: server.port).status == 503 })
        let found = try look(server.port)
        let errors = found.filter { $0.level == "error" }
        let first = try #require(errors.first)
        #expect(first.check == "files" && first.what.contains("process \(server.process.id) "), "\(errors)")
        let remedy = try #require(first.remedy)
        #expect(remedy.hasPrefix("do not restart the service, nor restore a backup"), "\(remedy)")
        // Nothing else that it says would end it, or put something in the place of what it has.
        for other in found where other.check != "files" {
            for word in ["restart casekeeper", " restore ", "serve --database", "migrate"] {
                #expect(other.remedy?.contains(word) != true, "\(other)")
            }
        }
        let words = try #require(remedy.firstMatch(of: /Save what it holds: (.*); only then start the service/)).1
        let saving = try start(String(words))
        // Its end is waited for by what is told, and seen once this process has taken note of it.
        _ = try server.process.wait()
        let saved = try saving.wait()
        #expect(saved.exitCode == 0, "\(words): \(saved)")
        #expect(try head() == before)
        let after = try RunningServer(["--database", database], in: folder)
        #expect(try open(at: after).hasPrefix("HTTP/1.1 201 "))
        after.process.signal(SIGTERM)
        _ = try after.process.wait()
        // A copy is told of until it is looked at, and what is told removes it.
        let left = try look(1).filter { $0.what.contains("is a copy that a service made") }
        #expect(!left.isEmpty)
        for finding in left {
            let comparison = try #require(finding.remedy?.firstMatch(of: /^(.*?): the database has all of it/)).1
            let compared = try shell(String(comparison))
            #expect(compared.exitCode == 0, "\(comparison): \(compared)")
        }
        #expect(BackupFolder.names(in: desk).filter { $0.contains("rescued") } == [])
        #expect(FileStatus(database) != nil)
    }

    @Test("is none where the service has the database of the name, or only reads another")
    func none() throws {
        let server = try RunningServer(["--database", database], in: folder)
        #expect(HeldDatabase(ofDatabase: database, holder: "\(server.process.id) (serve)") == nil)
        #expect(HeldDatabase(ofDatabase: database, holder: nil) == nil)
        #expect(HeldDatabase(ofDatabase: database, holder: "\(getpid()) (restore)") == nil)
        server.process.signal(SIGTERM)
        _ = try server.process.wait()
        #expect(HeldDatabase(ofDatabase: database, holder: nil) == nil)
    }

    @Test("where the folder is gone each command that doctor gives makes it first")
    func folderGone() throws {
        for check in ["files", "backups"] {
            for word in ["migrate", "restore"] {
                #expect(
                    try shell(
                        "casekeeper migrate --database \(database) && casekeeper backup b.db --force --database \(database) && rm -r desk"
                    ).exitCode == 0)
                let remedy = try #require(try look(1).first { $0.check == check && $0.level != "ok" }?.remedy)
                let commands = remedy.split(separator: "; ").map {
                    $0.split(separator: ": ").last.map(String.init) ?? ""
                }
                .filter { $0.hasPrefix("install ") && (check == "backups" || $0.contains(word)) }
                let command = try #require(commands.first, "\(remedy)")
                let done = try shell(command.replacing("BACKUP", with: "b.db"))
                #expect(
                    done.exitCode == 0 && FileStatus(check == "files" ? database : desk + "/backups") != nil,
                    "\(command): \(done)")
                #expect(FileStatus(desk)?.permissions == 0o700)
                try FileManager.default.removeItem(atPath: desk)
                #expect(mkdir(desk, 0o700) == 0)
            }
        }
    }

    @Test("a service that hangs is told by its process, and not taken for something else")
    func hangs() throws {
        let server = try RunningServer(["--database", database], in: folder)
        server.process.signal(SIGSTOP)
        defer { server.process.signal(SIGKILL) }
        let found = try #require(try look(server.port).first { $0.check == "service" })
        #expect(found.level == "error" && found.what.contains("process \(server.process.id) (serve)"), "\(found)")
        #expect(found.what.contains("is stopped") && found.remedy == "kill -CONT \(server.process.id)", "\(found)")
        #expect(try shell(found.remedy ?? "false").exitCode == 0)
        #expect(try look(server.port).contains { $0.check == "service" && $0.level == "ok" })
        // One that has nothing to do with it is named by its own.
        let silent = try TestReceiver { _ in .silence }
        let other = try #require(try look(Int(silent.port)).first { $0.check == "service" })
        #expect(other.what.contains("process \(getpid()) (") && other.what.contains("answered nothing"), "\(other)")
        let receiver = try TestReceiver { _ in .answer(200, body: #"{"status":"up"}"#) }
        let stranger = try #require(try look(Int(receiver.port)).first { $0.check == "service" })
        #expect(
            stranger.what.contains("something else than casekeeper") && stranger.what.contains("\(getpid()) ("),
            "\(stranger)")
    }

    private func open(at server: RunningServer) throws -> String {
        let body = #"{"complaint": "It leaks.", "customer": {"name": "Ann"}}"#
        let socket = try ClientSocket(port: server.port)
        try socket.send(
            "POST /v1/cases HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        return try socket.readToEnd()
    }
}
