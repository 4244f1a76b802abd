import CaseStore
import Complaints
import Foundation
import Synchronization
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

    @Test("as of an instant at which another process was making a batch it waits for that, and has what was in it")
    func besideBatch() throws {
        let store = try CaseStore(path: folder.path("casekeeper.db"))
        let hasBegun = DispatchSemaphore(value: 0)
        let mayEnd = DispatchSemaphore(value: 0)
        let batch = Meanwhile {
            try store.write { transaction in
                let request = CaseRequest(complaint: "It drips.", customer: .new(CustomerFields(name: "Ida")))
                _ = try transaction.openCase(Incoming(request), by: .policy)
                hasBegun.signal()
                mayEnd.wait()
            }
        }
        hasBegun.wait()
        usleep(2000)
        let now = StoreOptions.systemClock().rfc3339
        let arguments = ["export", "cases", "--format", "jsonl", "--as-of", now]
        let early = try Binary.start(arguments, in: folder)
        // It has had the time to be wrong.
        usleep(500_000)
        #expect(!early.hasEnded)
        mayEnd.signal()
        try batch.value()
        let result = try early.wait()
        #expect(result.exitCode == 0, "\(result.errors)")
        #expect(result.output.split(separator: "\n").count == 61)
        #expect(try Binary.run(arguments, in: folder).output == result.output)
    }

    @Test("as of just now beside a server that is busy it is the same as later")
    func besideServer() throws {
        let server = try RunningServer(in: folder)
        let port = server.port
        let isOver = Atomic(false)
        let writers = (0..<3).map { index in
            Meanwhile {
                var clerk = try #require(Clerk(label: "w\(index)", seed: UInt64(index), port: port))
                while !isOver.load(ordering: .relaxed) { _ = clerk.work() }
            }
        }
        var heard: [(now: String, output: String)] = []
        for _ in 0..<12 {
            let now = StoreOptions.systemClock().rfc3339
            let result = try Binary.run(["export", "log", "--format", "jsonl", "--as-of", now], in: folder)
            #expect(result.exitCode == 0, "\(result.errors)")
            heard.append((now, result.output))
        }
        isOver.store(true, ordering: .relaxed)
        for writer in writers { try writer.value() }
        for (now, output) in heard {
            let later = try Binary.run(["export", "log", "--format", "jsonl", "--as-of", now], in: folder)
            #expect(later.output == output, "\(now)")
        }
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
