import CaseStore
import Complaints
import Foundation
import HTTPServer
import Synchronization
import Testing

@testable import CaseAPI

@Suite("Many cases at once")
struct BulkTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
    }

    private func post(_ items: [String], fields: [String: String] = [:]) throws -> JSONAnswer {
        try desk.client.post("/v1/cases/bulk", #"{"items":[\#(items.joined(separator: ","))]}"#, fields: fields)
    }

    private func item(_ name: String, _ more: String = "") -> String {
        #"{"complaint":"It leaks.","customer":{"name":"\#(name)"}\#(more)}"#
    }

    private var total: Int64? {
        get throws { try desk.client.get("/v1/cases")["total"].integer }
    }

    /// What `casekeeper verify` would find.
    private var findings: [VerificationFinding] {
        get throws { try desk.store.makeReader().verify().findings }
    }

    @Test("are cases as if each had been posted by itself")
    func created() throws {
        let answer = try post([
            item("Ann"), item("Bo", #","external_id":"b","promise":{"what":"Call","due_in":"P1D"}"#),
        ])
        #expect(answer.status == 200)
        #expect(answer["total"].integer == 2)
        #expect(answer["created"].integer == 2)
        #expect(answer["refused"].integer == 0)
        #expect(answer["items"][0].names == ["index", "status", "external_id", "id", "promise_id", "location"])
        let second = answer["items"][1]
        #expect(second["index"].integer == 1)
        #expect(second["status"].integer == 201)
        #expect(second["external_id"].text == "b")
        #expect(second["promise_id"].integer == 2)
        let there = try desk.client.get(try #require(second["location"].text))
        #expect(there["id"] == second["id"])
        #expect(there["customer"]["name"].text == "Bo")
        #expect(there["promises"][0]["what"].text == "Call")
        #expect(try desk.client.get("/v1/cases?q=leaks")["total"].integer == 2)
        let log = try desk.client.get("/v1/cases/2/log")
        #expect(log["items"].items.map { $0["recorded_at"] }.allSatisfy { $0 == there["opened_at"] })
    }

    @Test("are refused each for itself, with pointers into what was sent, and leave the others as they are")
    func refused() throws {
        try desk.openCase(#"{"complaint":"x","customer":{"name":"Ann"},"external_id":"there"}"#)
        let answer = try post([
            item("A"), item("B", #","external_id":"there""#), #"{"complaint":" ","customer":{"name":"C","nmae":1}}"#,
            "7", item("D", #","promise":{"what":"x","due_at":"2020-01-01T00:00:00Z"}"#),
            item("E", #","external_id":"twice""#), item("F", #","external_id":"twice""#),
            #"{"complaint":"x","customer":{"id":99}}"#, item("G"),
        ])
        #expect(answer.status == 207)
        #expect(answer["total"].integer == 9)
        #expect(answer["created"].integer == 3)
        #expect(answer["refused"].integer == 6)
        let items = answer["items"].items
        #expect(items.map { $0["status"].integer } == [201, 409, 422, 422, 422, 201, 409, 422, 201])
        #expect(items.compactMap { $0["id"].integer } == [2, 3, 4])
        #expect(items[1]["problem"]["code"].text == "duplicate_external_id")
        #expect(items[1]["problem"]["case_id"].integer == 1)
        #expect(items[6]["problem"]["case_id"].integer == 3)
        func pointers(_ index: Int) -> [String?] {
            items[index]["problem"]["errors"].items.map { $0["pointer"].text }
        }
        #expect(pointers(2) == ["#/items/2/complaint", "#/items/2/customer/nmae"])
        #expect(pointers(3) == ["#/items/3"])
        #expect(pointers(4) == ["#/items/4/promise/due_at"])
        #expect(pointers(7) == ["#/items/7/customer/id"])
        // Nothing is left of the refused ones, in no table, and the log has no gap.
        #expect(try total == 4)
        #expect(try desk.client.get("/v1/customers")["total"].integer == 4)
        for name in ["B", "C", "D", "F"] {
            #expect(try desk.client.get("/v1/customers?q=\(name)")["total"].integer == 0)
        }
        #expect(try findings.isEmpty)
    }

    @Test("sent again make nothing twice, by key or by external_id")
    func again() throws {
        let items = (0..<50).map { item("N\($0)", #","external_id":"e\#($0)""#) }
        let first = try post(items, fields: ["Idempotency-Key": "k"])
        #expect(first.status == 200)
        let replayed = try post(items, fields: ["Idempotency-Key": "k"])
        #expect(replayed.response.body == first.response.body)
        #expect(replayed.fields["idempotency-replayed"] == "true")
        let reused = try post(Array(items.dropLast()), fields: ["Idempotency-Key": "k"])
        #expect(reused.code == "idempotency_key_reused")
        let anew = try post(items + [item("new")])
        #expect(anew.status == 207)
        #expect(anew["created"].integer == 1)
        #expect(
            anew["items"].items.dropLast().map { $0["problem"]["case_id"] } == first["items"].items.map { $0["id"] })
        #expect(try total == 51)
    }

    @Test("that are all refused are an answer too, and its key keeps it")
    func allRefused() throws {
        let first = try post(["{}", "{}"], fields: ["Idempotency-Key": "k"])
        #expect(first.status == 207)
        #expect(first["created"].integer == 0)
        #expect(try post(["{}", "{}"], fields: ["Idempotency-Key": "k"]).fields["idempotency-replayed"] == "true")
    }

    @Test(
        "are refused as a whole when there is no list of 1 to 1,000, and nothing changes",
        arguments: [
            ("{}", "#/items required"), (#"{"items":null}"#, "#/items required"),
            (#"{"items":{}}"#, "#/items wrong_type"), (#"{"items":[]}"#, "#/items too_short"), ("[]", "# wrong_type"),
            (#"{"items":[\#(Array(repeating: "{}", count: 1001).joined(separator: ","))]}"#, "#/items too_long"),
            (#"{"items":[{"complaint":"x","customer":{"name":"y"}}],"dry_run":true}"#, "#/dry_run unknown_field"),
        ])
    func whole(body: String, error: String) throws {
        let answer = try desk.client.post("/v1/cases/bulk", body)
        #expect(answer.status == 422)
        #expect(answer.errors == [error])
        #expect(try total == 0)
    }

    @Test("have a bounded answer, whatever is wrong with them")
    func bounded() throws {
        let fields = (0..<200).map { "\"f\($0)\":0" }.joined(separator: ",")
        let answer = try post(Array(repeating: "{\(fields)}", count: 100))
        #expect(answer.status == 207)
        #expect(answer["items"].items.allSatisfy { (1...22).contains($0["problem"]["errors"].items.count) })
    }

    @Test("are one commit, and a thousand of them are taken")
    func thousand() throws {
        let before = try batches()
        let answer = try post((0..<1000).map { item("N\($0)") })
        #expect(answer["created"].integer == 1000)
        #expect(try batches() == before + 1)
        #expect(try total == 1000)
        #expect(try findings.isEmpty)
    }

    private func batches() throws -> Int {
        let text = try desk.client.send("GET", "/metrics").text
        let match = try #require(text.firstMatch(of: /(?m)^casekeeper_writer_batches_total (\d+)/))
        return try #require(Int(match.1))
    }

    @Test("of several clients take turns with single changes; when too many wait, the rest are told so")
    func turns() throws {
        let body = Array(#"{"items":[\#((0..<300).map { item("N\($0)") }.joined(separator: ","))]}"#.utf8)
        let single = Array(item("S").utf8)
        let client = desk.client
        let counts = Mutex<[String: Int]>([:])
        DispatchQueue.concurrentPerform(iterations: 24) { index in
            let (name, path, body) = index % 2 == 0 ? ("bulk", "/v1/cases/bulk", body) : ("single", "/v1/cases", single)
            let status = (try? client.send("POST", path, body: body))?.status ?? 0
            counts.withLock { $0["\(name) \(status)", default: 0] += 1 }
        }
        let all = counts.withLock(\.self)
        #expect(all["single 201"] == 12)
        #expect(all["bulk 200", default: 0] + all["bulk 503", default: 0] == 12)
        #expect(try total == Int64(12 + 300 * all["bulk 200", default: 0]))
    }
}
