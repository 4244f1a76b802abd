import CaseStore
import Foundation
import Testing

@testable import casekeeper

@Suite("casekeeper doctor", .serialized)
struct DoctorCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        #expect(chmod(folder.url.path, 0o700) == 0)
        #expect(
            try Binary.run(["token", "create", "Ann", "--role", "admin", "--expires-in", "P90D"], in: folder).exitCode
                == 0)
    }

    private struct Report: Decodable {
        let version: String
        let level: String
        let except: [String]
        let findings: [Found]

        struct Found: Decodable {
            let check: String
            let level: String
            let what: String
            let why: String?
            let remedy: String?
        }
    }

    private func report(_ words: String..., exits code: Int32) throws -> Report {
        let result = try Binary.run(["doctor", "--json"] + words, in: folder)
        #expect(result.exitCode == code, "\(result)")
        return try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    }

    @Test("looks at each thing by its name, with a remedy for all that is not ok")
    func registry() throws {
        let names = DoctorCheck.all.map(\.name)
        #expect(Set(names).count == names.count)
        let report = try report("--listen", "127.0.0.1:1", exits: 0)
        #expect(report.level == "warning" && !report.version.isEmpty)
        var order: [String] = []
        for name in report.findings.map(\.check) where order.last != name { order.append(name) }
        #expect(order == names)
        for found in report.findings {
            #expect(
                (found.level == "ok") == (found.remedy == nil) && (found.why == nil) == (found.remedy == nil),
                "\(found)")
            #expect(!found.what.isEmpty)
        }
    }

    @Test("leaves all as it is, whether a service has the database or not")
    func readsOnly() throws {
        let before = try FolderSnapshot(of: folder)
        _ = try report("--listen", "127.0.0.1:1", exits: 0)
        let after = try FolderSnapshot(of: folder)
        #expect(after == before, "\(after.difference(to: before))")
        let server = try RunningServer(in: folder)
        let served = try FolderSnapshot(of: folder, leavingOut: ["casekeeper.db-shm", "casekeeper.db-lock"])
        let report = try report("--listen", "127.0.0.1:\(server.port)", exits: 0)
        #expect(
            report.findings.contains { $0.check == "service" && $0.level == "ok" && $0.what.contains("is ready at") })
        #expect(try FolderSnapshot(of: folder, leavingOut: ["casekeeper.db-shm", "casekeeper.db-lock"]) == served)
        // What a killed service leaves is read, too.
        server.process.signal(SIGKILL)
        _ = try server.process.wait()
        #expect(
            try self.report("--listen", "127.0.0.1:1", exits: 0).findings.contains {
                $0.check == "record" && $0.level == "ok"
            })
    }

    @Test("ends with the number of the first error, and says nothing with --quiet where all is ok")
    func exitCodes() throws {
        #expect(try report("--database", "none.db", exits: 66).level == "error")
        #expect(try report("--min-free-space", "\(1 << 50)", exits: 74).level == "error")
        try CaseStore.supersede(path: folder.path("casekeeper.db"), by: 2)
        #expect(try report(exits: 78).findings.contains { $0.check == "epoch" && $0.level == "error" })
        let wrong = try Binary.run(["doctor", "--backup-age", "soon"], in: folder)
        #expect(wrong.exitCode == 64 && wrong.errors.contains("--backup-age"))
        let quiet = try Binary.run(["doctor", "--quiet"], in: folder)
        #expect(!quiet.output.contains("\nok ") && quiet.output.contains("do:  "))
        let all = try Binary.run(["doctor"], in: folder).output
        #expect(all.contains("\nok       zones ") && all.firstMatch(of: /errors: 1, warnings: \d+\n$/) != nil, "\(all)")
    }

    @Test("leaves out what it is told to, by its arguments or its file, and says so wherever it says anything")
    func except() throws {
        #expect(try Binary.run(["token", "create", "Lee", "--role", "admin"], in: folder).exitCode == 0)
        let nagging = try Binary.run(["doctor", "--quiet", "--listen", "127.0.0.1:1"], in: folder).output
        #expect(nagging.contains("has no end date"))
        let names = DoctorCheck.all.map(\.name)
        let file = try folder.write("CASEKEEPER_EXCEPT=\"endless\noffsite, backups\"\n", to: "desk.conf")
        let left = try Binary.run(["doctor", "--quiet", "--listen", "127.0.0.1:1", "--config", file], in: folder)
        #expect(!left.output.contains("has no end date") && !left.output.contains(" backups "), "\(left)")
        #expect(left.output.hasSuffix(", left out (--except): backups, offsite, endless\n"), "\(left.output)")
        let none = try Binary.run(["doctor", "--quiet"] + names.flatMap { ["--except", $0] }, in: folder)
        #expect(none.output.isEmpty && none.exitCode == 0)
        let json = try Binary.run(["doctor", "--json", "--except", "zones"], in: folder).output
        #expect(json.contains(#""except" : ["#) && !json.contains(#""check" : "zones""#), "\(json)")
        let wrong = try Binary.run(["doctor", "--except", "zone"], in: folder)
        #expect(wrong.exitCode == 64 && wrong.errors.contains("one of settings, files"), "\(wrong.errors)")
    }

    @Test("takes its settings from the file that the service has, and says who may write that")
    func file() throws {
        let file = try folder.write("CASEKEEPER_WAL_LIMIT=65536\nCASEKEEPER_BACKUPS=elsewhere\n", to: "desk.conf")
        #expect(chmod(file, 0o666) == 0)
        let report = try report("--config", file, exits: 0)
        #expect(
            report.findings.contains {
                $0.check == "settings" && $0.level == "warning" && $0.what.contains("chmod go-w")
            })
        #expect(
            report.findings.contains { $0.check == "backups" && $0.what.hasPrefix("there is no folder elsewhere") })
        let refused = try Binary.run(
            ["doctor", "--config", try folder.write("CASEKEEPER_LISTN=x\n", to: "b.conf")], in: folder)
        #expect(refused.exitCode == 78 && refused.errors.contains("CASEKEEPER_LISTEN"))
    }

    @Test("tells of a variable that is no option's once, and of the option that was meant only where one is near")
    func strays() throws {
        func told(_ name: String) throws -> String {
            let result = try Binary.run(["doctor"], environment: [name: "1"], in: folder)
            let lines = (result.output + result.errors).split(separator: "\n").filter { $0.contains(name) }
            #expect(lines.count == 1, "\(result)")
            return lines.joined()
        }
        #expect(try !told("CASEKEEPER_COLOUR").contains("Did you mean"))
        #expect(try told("CASEKEEPER_WAL_LIMT").contains("Did you mean CASEKEEPER_WAL_LIMIT?"))
    }
}
