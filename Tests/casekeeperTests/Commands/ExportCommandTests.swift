import Foundation
import Testing

@testable import casekeeper

@Suite("casekeeper export", .serialized)
struct ExportCommandTests {
    let folder = try! TemporaryFolder()

    init() throws {
        _ = try Binary.run(["import", Repository.sample] + CFPB.options, in: folder)
    }

    @Test(
        "writes the whole list, the same in both forms",
        arguments: [("cases", 60), ("promises", 60), ("log", 240)])
    func whole(list: String, count: Int) throws {
        let csv = try Binary.run(["export", list], in: folder)
        #expect(csv.exitCode == 0)
        try folder.write(csv.output, to: "list.csv")
        var reader = try CSVReader(path: folder.path("list.csv"))
        let header = try #require(try reader.next()?.fields)
        var rows: [[String: String]] = []
        while let record = try reader.next() {
            rows.append(Dictionary(uniqueKeysWithValues: zip(header, record.fields)))
        }
        #expect(rows.count == count)

        let lines = try Binary.run(["export", list, "--format", "jsonl"], in: folder).output
            .split(separator: "\n").map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
        try #require(lines.count == count)
        let key = list == "log" ? "seq" : "id"
        #expect(lines.map { "\($0?[key] ?? "")" } == rows.map { $0[key] })
    }

    @Test("writes what the record said at an earlier instant")
    func asOf() throws {
        let result = try Binary.run(
            ["export", "promises", "--format", "jsonl", "--as-of", "2017-01-01T00:00:00Z"], in: folder)
        let promises = result.output.split(separator: "\n")
        #expect(!promises.isEmpty)
        #expect(promises.count < 60)
        #expect(promises.allSatisfy { $0.contains("\"made_at\":\"201") && !$0.contains("\"made_at\":\"2017") })
    }

    static let mistakes: [(arguments: [String], exitCode: Int32)] = [
        ([], 64), (["tokens"], 64), (["cases", "--format", "xml"], 64), (["cases", "--as-of", "2020-01-01"], 64),
        (["cases", "--as-of", "2020-01-01T00:00:00"], 64), (["cases", "--as-of", "2999-01-01T00:00:00Z"], 64),
        (["cases", "--database", "none.db"], 66),
    ]

    @Test("says what is wrong with the command line", arguments: mistakes)
    func usage(arguments: [String], exitCode: Int32) throws {
        let result = try Binary.run(["export"] + arguments, in: folder)
        #expect(result.exitCode == exitCode, "\(result.errors)")
        #expect(result.output.isEmpty)
    }
}
