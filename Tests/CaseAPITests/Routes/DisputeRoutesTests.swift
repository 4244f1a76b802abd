import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Disputes over HTTP")
struct DisputeRoutesTests {
    private let desk: TestDesk
    private let agent: [String: String]
    private let manager: [String: String]

    /// Two cases of Lou's: in the first a promise that was kept in name only, and the case is closed.
    init() throws {
        desk = try TestDesk()
        agent = ["Authorization": try desk.token(.agent, name: "Lou").field]
        manager = ["Authorization": try desk.token(.manager, name: "Mia").field]
        for _ in 0..<2 {
            let body =
                #"{"complaint":"x","customer":{"name":"Ann"},"owner":"Lou","promise":{"what":"Call","due_in":"PT4H"}}"#
            try #require(try desk.client.post("/v1/cases", body, fields: agent).status == 201)
        }
        desk.clock.advance(by: .minutes(5))
        let end = #"{"resolve":{"summary":"Called","customer_accepted":true}}"#
        try #require(try desk.client.post("/v1/promises/1/keep", end, fields: agent).status == 200)
        try #require(try desk.client.post("/v1/cases/1/close", "{}", fields: agent).status == 200)
    }

    private func write(_ body: String, _ fields: [String: String]) throws -> JSONAnswer {
        try desk.client.post("/v1/cases/1/log", body, fields: fields)
    }

    @Test("a kept promise is broken as of the decision, in lists, counts, reports and as of before")
    func upheld() throws {
        let dispute = try write(
            #"{"kind":"dispute","promise_id":1,"reason":"Nobody called","said_by":"customer"}"#, agent)
        #expect(dispute.status == 201 && dispute["promise_id"].integer == 1)
        let seq = try #require(dispute["seq"].integer)
        #expect(try desk.client.get("/v1/cases/1", fields: agent)["pending_disputes"].integer == 1)
        let item = try desk.client.get("/v1/queue?kind=dispute", fields: manager)["items"][0]
        #expect(item["seq"].integer == seq && item["call"]["body"]["kind"].text == "dispute_decision")
        let before = try #require(try desk.client.get("/v1/promises/1", fields: agent).fields["etag"])
        desk.clock.advance(by: .hours(1))
        let then = desk.instant(in: .zero)
        desk.clock.advance(by: .hours(1))

        let body = #""kind":"dispute_decision","of":\#(seq),"upheld":true,"reason":"No call on record""#
        #expect(try write("{\(body)}", agent).status == 403)
        let untold = try write("{\(body),\(#""next_promise":{"what":"Call","due_in":"P1D"}"#)}", manager)
        #expect(
            untold.errors == ["#/next_promise/next_step required", "#/next_promise/customer_notified required"])
        let next =
            #""next_promise":{"what":"Call","due_in":"P1D","next_step":"Kim calls","#
            + #""customer_notified":{"channel":"phone","outcome":"reached"}}"#
        let decided = try write("{\(body),\(next)}", manager)
        #expect(decided.status == 201)
        #expect(decided["promise_id"].integer == 1 && decided["promise"]["supersedes"].integer == 1)
        #expect(decided["promise"]["slips"].integer == 1)

        let promise = try desk.client.get("/v1/promises/1", fields: agent)
        #expect(promise["state"].text == "broken" && promise["dispute_upheld_at"].text != nil)
        #expect(promise["kept_at"].text != nil && promise["settled_by"].text == "Lou")
        #expect(promise["superseded_by"] == decided["promise"]["id"])
        #expect(promise.fields["etag"] != before)
        let file = try desk.client.get("/v1/cases/1", fields: agent)
        #expect(file["status"].text == "open" && file["ever_broken"].flag == true)
        #expect(file["promise_counts"]["broken"].integer == 1 && file["pending_disputes"].integer == 0)
        for (query, states) in [("", ["broken"]), ("&as_of=\(then)", ["kept"])] {
            let list = try desk.client.get("/v1/promises?case_id=1&state=kept,broken\(query)", fields: agent)
            #expect(list["items"].items.map { $0["state"].text } == states)
            let report = try desk.client.get(
                "/v1/reports/promises?group_by=kind\(query)", fields: manager)["total"]
            #expect(report["disputed"].integer == (query.isEmpty ? 1 : 0))
            #expect(report["kept_without_evidence"].integer == (query.isEmpty ? 0 : 1))
        }
        let past = try desk.client.get("/v1/promises/1?as_of=\(then)", fields: agent)
        #expect(past["superseded_by"] == .null && past["dispute_upheld_at"] == .null)
        #expect(past.fields["etag"]?.hasPrefix("\(before.dropLast())@") == true)
        #expect(try write("{\(body)}", manager).code == "dispute_decided")
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("nobody's own load tells of a keep that was none")
    func ownersRecord() throws {
        desk.clock.advance(by: .minutes(5))
        let keep = #"{"next_promise":{"what":"Call","due_in":"PT1H"}}"#
        try desk.client.post("/v1/promises/2/keep", keep, fields: agent)
        func rate() throws -> String {
            let body = #"{"what":"y","due_in":"PT2H"}"#
            let text = try desk.client.post("/v1/cases/2/promises", body, fields: agent).response.text
            return String(text.split(separator: #""kept_rate":"#)[1].prefix { $0 != "}" })
        }
        #expect(try rate() == "1.0")
        let seq = try #require(
            try write(#"{"kind":"dispute","promise_id":1,"reason":"Nobody called"}"#, agent)["seq"].integer)
        #expect(
            try write(
                #"{"kind":"dispute_decision","of":\#(seq),"upheld":true,"reason":"No call"}"#, manager
            ).status == 201)
        #expect(try rate() == "0.5")
    }
}
