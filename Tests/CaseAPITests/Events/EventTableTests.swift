import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Events as a table")
struct EventTableTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    init() throws {
        desk = try TestDesk()
        for number in 1...3 {
            try desk.openCase(
                #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim","external_id":"K-\#(number)"}"#)
        }
        try client.post("/v1/promises/1/keep", #"{"resolve":{"summary":"Done","customer_accepted":true}}"#)
        try client.post("/v1/owners", #"{"name":"Lou"}"#)
    }

    private func table(_ target: String, fields: [String: String] = [:]) throws -> [[String]] {
        let answer = try client.send("GET", target, fields: fields)
        #expect(answer.status == 200, "\(answer.text)")
        return answer.text.split(separator: "\r\n").map { row in
            row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    @Test("have a row each, with columns of its entry, its promise and its case, each of another name")
    func rows() throws {
        let items = try client.get("/v1/events")["items"].items
        let table = try table("/v1/events?format=csv")
        #expect(table[0] == ListForm<Event>.events.columns && Set(table[0]).count == table[0].count)
        #expect(table.count == items.count + 1 && items.count > 8)
        let places: [(String, (JSONValue) -> JSONValue)] = [
            ("id", { $0["id"] }), ("type", { $0["type"] }), ("recorded_at", { $0["recorded_at"] }),
            ("case_id", { $0["case_id"] }), ("actor", { $0["actor"] }), ("log_seq", { $0["log"]["seq"] }),
            ("log_kind", { $0["log"]["kind"] }), ("promise_id", { $0["promise"]["id"] }),
            ("promise_state", { $0["promise"]["state"] }), ("case_external_id", { $0["case"]["external_id"] }),
            ("case_status", { $0["case"]["status"] }), ("customer_name", { $0["case"]["customer"]["name"] }),
        ]
        for (row, item) in zip(table.dropFirst(), items) {
            for (name, value) in places {
                let cell = try row[#require(table[0].firstIndex(of: name))]
                let shown = value(item)
                #expect(cell == shown.text ?? shown.integer.map(String.init) ?? "", "\(name)")
            }
        }
    }

    @Test("are those that were asked for: whole, however many, a page, of a type, a member, an instant of a zone")
    func asked() throws {
        for _ in 0..<110 { try client.post("/v1/cases/2/log", #"{"kind":"note","text":"x"}"#) }
        let all = try table("/v1/events", fields: ["Accept": "text/csv"])
        #expect(all.count > 110)
        #expect(try table("/v1/events?format=csv&after=3&fields=id").prefix(3) == [["id"], ["4"], ["5"]])
        let page = try client.send("GET", "/v1/events?format=csv&limit=2&after=1&fields=id")
        #expect(page.text == "id\r\n2\r\n3\r\n")
        #expect(page.fields["link"] == "</v1/events?format=csv&limit=2&fields=id&after=3>; rel=\"next\"")
        #expect(page.fields["content-disposition"] == "attachment; filename=\"events-2026-03-01.csv\"")
        #expect(page.fields["vary"]?.contains("Accept") == true)
        #expect(
            try table("/v1/events?format=csv&type=case.resolved&fields=type,actor") == [
                ["type", "actor"], ["case.resolved", "local"],
            ])
        let sheet = try client.send("GET", "/v1/events?format=csv&for=spreadsheet&tz=Asia/Tokyo&fields=at&limit=1").text
        #expect(sheet.contains("2026-03-01 18:00:0"))
        #expect(try table("/v1/events?format=csv&period=yesterday").count == 1)
    }

    @Test("are not waited for, and nothing that can't be is passed over")
    func refused() throws {
        #expect(try client.get("/v1/events?format=csv&wait=5").errors == ["wait invalid_parameter"])
        for limit in ["", "&limit=1"] {
            #expect(try client.get("/v1/events?format=csv&after=1000\(limit)").errors == ["after out_of_range"])
            #expect(try client.get("/v1/events?format=csv&actor=Nobody\(limit)").errors == ["actor unknown_value"])
        }
        #expect(try client.get("/v1/events?format=csv&fields=entry").errors == ["fields invalid_parameter"])
        #expect(try client.get("/v1/events?for=spreadsheet").errors == ["for invalid_parameter"])
        #expect(try client.get("/v1/events", fields: ["Accept": "image/png"]).status == 406)
    }
}
