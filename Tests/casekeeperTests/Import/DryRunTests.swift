import CaseStore
import Complaints
import Foundation
import TestSupport
import Testing

@testable import casekeeper

@Suite("A dry run", .serialized)
struct DryRunTests {
    let folder = try! TemporaryFolder(inMemory: true)

    private static let columns = [
        "external_id", "complaint", "customer.external_id", "customer.name", "customer.phone", "customer.update",
        "owner",
        "supervisor", "severity", "received_at", "promise.owner", "promise.due_at", "promise.kept_at",
    ]

    /// Rows of few values, so that they meet each other and what is on record in every way.
    private static func file(_ random: inout SeededRandom, rows: Int) -> String {
        let values: [[String]] = [
            (1...90).map { "k\($0)" }, ["It leaks.", "It leaks.", "It leaks.", "It broke.", ""],
            ["", "C-1", "c-1", "C-2", "C-3", "C-4", "C-5"], ["Ann", "Ann", "Bo", ""], ["", "+46 8 1", "+46 8 2"],
            ["", "", "", "true", "false", "maybe"], ["", "Kim", "Kimm", "KIM", "Old", "Lou", "me"],
            ["", "", "Kim", "Boss"], ["", "low", "high", "severe"],
            ["2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z", "2024-01-02", "02.01.2024", ""],
            ["", "", "Kim", "Lu"], ["", "2024-01-05T00:00:00Z", "05.01.2024", "31.12.2023"],
            ["", "", "2024-01-04T00:00:00Z", "01.01.2024", "soon"],
        ]
        let lines = (0..<rows).map { _ in
            values.map { $0.randomElement(using: &random) ?? "" }.joined(separator: ",")
        }
        return ([columns.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
    }

    /// A desk with somebody who was erased, somebody who was merged, and somebody who takes on nothing new.
    private func makeDesk() throws {
        try folder.write(
            """
            external_id,complaint,customer.external_id,customer.name,customer.phone,owner
            k1,It leaks.,C-1,Ann,+46 8 1,Kim
            k2,It leaks.,C-2,Bo,,Old
            k3,It leaks.,C-3,Ann,,
            k4,It leaks.,,Ann,+46 8 2,Kim

            """, to: "first.csv")
        let first = try Binary.run(
            ["import", "first.csv", "--set", "received_at=2024-01-01T00:00:00Z"]
                + Self.columns.filter { try! folder.read("first.csv").contains($0) }.flatMap {
                    ["--map", "\($0)=\($0)"]
                },
            in: folder)
        #expect(first.output.hasPrefix("4 rows: 4 added"), "\(first)")
        let store = try CaseStore(path: folder.path("casekeeper.db"))
        let manager = Actor(name: "kim", role: .admin)
        try store.write { transaction in
            let inactive = OwnerRequest(name: "Old", fields: OwnerFields(active: false))
            _ = try transaction.createOwner(Incoming(inactive), by: manager)
            let merge = CustomerCommand.merge(customer: 2, Incoming(MergeRequest(into: 1, reason: "One and the same")))
            _ = try transaction.perform(merge, on: #require(try transaction.subject(of: merge)), by: manager)
            let file = try #require(try transaction.record.caseFile(3))
            let keep = SettleRequest(promiseID: file.promises[0].id, action: .keep(KeepRequest(evidence: "Done")))
            let resolve = ResolveRequest(summary: "Done", customerAccepted: true, settle: [keep])
            _ = try transaction.perform(.resolve(case: 3, Incoming(resolve)), on: file, by: manager)
        }
        try store.write { transaction in
            let erase = CustomerCommand.erase(customer: 3, because: Incoming("Their wish"))
            _ = try transaction.perform(erase, on: #require(try transaction.subject(of: erase)), by: manager)
        }
    }

    /// Words of whoever sends requests, which say nothing to whoever has a file.
    private static let requestWords = [
        "\"update\"", ": true", ": false", "PATCH", "POST", "GET ", "DELETE", "/v1/", "JSON", "member", " body",
        " send ",
        "#/", "request", "parameter", "HTTP",
    ]

    /// The outcome without how long it took, and what was refused why.
    private func run(_ line: [String], isDry: Bool) throws -> (told: [String], refused: String) {
        try? FileManager.default.removeItem(atPath: folder.path("r.csv"))
        let result = try Binary.run(line + ["--rejects", "r.csv"] + (isDry ? ["--dry-run"] : []), in: folder)
        #expect(result.exitCode == 0 || result.exitCode == 65, "\(result)")
        for word in Self.requestWords { #expect(!result.errors.contains(word), "\(result.errors)") }
        let words = result.output.replacing(" would be", with: "").split(separator: "\n").map(String.init)
        // Each has its own now.
        let refused = folder.has("r.csv") ? try folder.read("r.csv") : ""
        let first = words[0].replacing(/, in [0-9.]+s/, with: "")
        return (
            [first] + words.dropFirst().prefix { !$0.hasPrefix("line ") },
            refused.replacing(/\d{4}-\d\d-\d\dT[0-9:.]+Z\. \(before_made_at\)/, with: "now")
        )
    }

    @Test("refuses what the import would, for the same reasons, and says the same of names", arguments: 1...4)
    func parity(seed: Int) throws {
        var random = SeededRandom(UInt64(seed))
        try makeDesk()
        let line =
            ["import", "a.csv", "--date-format", "dd.MM.yyyy"] + Self.columns.flatMap { ["--map", "\($0)=\($0)"] }
        var (refused, taken) = (0, 0)
        for more in [["--known-owners"], ["--update", "--known-owners"], [], ["--update"], ["--update"]] {
            for batch in ["3", "500"] {
                try folder.write(Self.file(&random, rows: 40), to: "a.csv")
                let line = line + more + ["--batch-size", batch]
                let dry = try run(line, isDry: true)
                let wet = try run(line, isDry: false)
                #expect(dry.told == wet.told, "\(more)")
                #expect(dry.refused == wet.refused, "\(more)")
                for word in Self.requestWords { #expect(!wet.refused.contains(word), "\(word) \(wet.refused)") }
                refused += wet.refused.split(whereSeparator: \.isNewline).count
                taken += wet.told[0].contains(" 0 added") ? 0 : 1
            }
        }
        #expect(refused > 100 && taken > 3, "it has to be tried: \(refused) \(taken)")
        #expect(try Binary.run(["verify"], in: folder).exitCode == 0)
    }

    @Test("of what its own exports have become refuses what the import would", arguments: [1, 2])
    func ownExports(seed: Int) throws {
        var random = SeededRandom(UInt64(seed))
        try makeDesk()
        try folder.write(try Binary.run(["export", "cases"], in: folder).output, to: "cases.csv")
        try folder.write(try Binary.run(["export", "promises"], in: folder).output, to: "promises.csv")
        var reader = try CSVReader(path: folder.path("cases.csv"))
        var rows: [[String]] = []
        while let record = try reader.next() { rows.append(record.fields) }
        let line = ["import", "cases.csv", "--from", "casekeeper", "--promises", "promises.csv"]
        for more in [["--update"], [], ["--database", "new.db"], ["--update", "--database", "new.db"]] {
            // Some cells change their places.
            for _ in 0..<6 {
                let column = Int.random(in: 0..<rows[0].count, using: &random)
                let (a, b) = (
                    Int.random(in: 1..<rows.count, using: &random), Int.random(in: 1..<rows.count, using: &random)
                )
                (rows[a][column], rows[b][column]) = (rows[b][column], rows[a][column])
            }
            let text = rows.map { row in
                row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
            }.joined(separator: "\r\n")
            try folder.write(text + "\r\n", to: "cases.csv")
            let dry = try run(line + more, isDry: true)
            let wet = try run(line + more, isDry: false)
            #expect(dry.told == wet.told && dry.refused == wet.refused, "\(more)")
        }
    }

    @Test("finds that a customer who is nowhere has no name")
    func nameless() throws {
        try folder.write("id,text,key,who\n1,It leaks,C-1,Ann\n2,It broke,C-1,\n3,It hums,C-2,\n", to: "a.csv")
        let line = [
            "import", "a.csv", "--map", "external_id=id", "--map", "complaint=text", "--map",
            "customer.external_id=key",
            "--map", "customer.name=who", "--set", "received_at=2024-01-01T00:00:00Z", "--rejects", "r.csv",
        ]
        for more in [["--dry-run"], []] {
            let result = try Binary.run(line + more, in: folder)
            #expect(result.exitCode == 65 && result.output.hasPrefix("3 rows: 2 "), "\(result)")
            #expect(
                try folder.read("r.csv").contains(
                    "4,\"customer.name: There is no customer C-2 yet: give a name. (required)\"")
                    || folder.read("r.csv").contains(
                        "4,customer.name: There is no customer C-2 yet: give a name. (required)")
            )
            #expect(folder.has("casekeeper.db") == more.isEmpty)
        }
    }

    @Test("of an update says which fields would change to what, instants by the clocks of --time-zone")
    func changes() throws {
        try folder.write("id,text,who,by,owner\n1,It leaks,Ann,07.06.2024,Kim\n2,It hums,Bo,,\n", to: "a.csv")
        let line = [
            "import", "a.csv", "--map", "external_id=id", "--map", "complaint=text", "--map", "customer.name=who",
            "--map",
            "hard_deadline=by", "--map", "owner=owner", "--date-format", "dd.MM.yyyy", "--time-zone", "Europe/Berlin",
            "--set", "received_at=03.06.2024",
        ]
        let before = try Binary.run(line + ["--dry-run"], in: folder)
        #expect(before.output.contains("\n  hard_deadline: 2024-06-08T00:00:00+02:00\n"), "\(before)")
        #expect(before.output.contains("\n  received_at: 2024-06-03T00:00:00+02:00\n"))
        #expect(try Binary.run(line, in: folder).exitCode == 0)
        try folder.write("id,text,who,by,owner\n1,It leaks,Ann Lee,09.06.2024,Kim\n2,It hums,Bo,,Lou\n", to: "a.csv")
        let dry = try Binary.run(line + ["--update", "--dry-run"], in: folder)
        #expect(
            dry.output.hasSuffix(
                """
                1 name that nobody was known by:
                  Lou (line 3)
                line 2 would change what is there:
                  hard_deadline: 2024-06-10T00:00:00+02:00 (was 2024-06-08T00:00:00+02:00)
                  customer.name: Ann Lee (was Ann)
                line 3 would change what is there:
                  owner: Lou (was blank)

                """), "\(dry)")
    }
}
