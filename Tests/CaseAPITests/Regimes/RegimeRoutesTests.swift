import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Regimes")
struct RegimeRoutesTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    init() throws {
        desk = try TestDesk()
    }

    private static func body(_ more: String = "", stages: String = #"[{"name":"only","clocks":[]}]"#) -> String {
        #"{"title":"Ours","authority":"Us","source":"3.1","calendar":"england-and-wales","stages":\#(stages)\#(more)}"#
    }

    private static func stage(_ clocks: String...) -> String {
        #"[{"name":"only","clocks":[\#(clocks.map { "{\($0)}" }.joined(separator: ","))]}]"#
    }

    @Test("are made and changed by sending the whole of one, and each is a version that stays")
    func versions() throws {
        let made = try client.put("/v1/regimes/Our%20Own", RegimeRequest.twoStagesBody)
        #expect(made.status == 201 && made.fields["location"] == "/v1/regimes/Our%20Own", "\(made.response.text)")
        #expect(made["version"].integer == 1 && made["shipped"].flag == false && made["valid_from"] == .null)
        let clocks = made["stages"][0]["clocks"]
        #expect(clocks.items.count == 4 && clocks[0]["until"] == .null && clocks[3]["makes"] == .null)
        #expect(clocks[1]["anchor"].text == "kept:acknowledge" && clocks[1]["extension"]["from"].text == "due")
        #expect(clocks[1]["met_by"].items.map(\.text) == ["answer", "decision"] && clocks[2]["every"].flag == true)
        #expect(clocks[3]["until"].text == "end_of_day" && clocks[3]["instead_of"].text == "answer")
        #expect(made["stages"][1]["clocks"][0]["makes"].text == "hard_deadline")
        #expect(
            try client.put("/v1/regimes/our%20own", RegimeRequest.twoStagesBody)["version"].integer == 1, "it is equal")
        let again = try client.put("/v1/regimes/our%20OWN", Self.body(#","valid_until":"2026-12-31""#))
        #expect(again.status == 200 && again["version"].integer == 2 && again["name"].text == "Our Own")
        #expect(again["versions"].items.map { $0["version"].integer } == [2, 1])
        let first = try client.get("/v1/regimes/Our%20Own?version=1")
        #expect(first["stages"].items.count == 2 && first["version"].integer == 1)
        #expect(try client.get("/v1/regimes/Our%20Own?version=3").status == 404)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("end with the day that they are given once more with")
    func ended() throws {
        func opened(_ received: String) throws -> JSONAnswer {
            try client.post(
                "/v1/cases",
                #"{"complaint":"x","customer":{"name":"Ann"},"regime":"ours","received_at":"\#(received)T12:00:00Z"}"#)
        }
        try client.put("/v1/regimes/ours", Self.body(#","valid_from":"2025-01-01""#))
        #expect(try opened("2026-02-20").status == 201)
        try client.put("/v1/regimes/ours", Self.body(#","valid_from":"2025-01-01","valid_until":"2026-02-15""#))
        let late = try opened("2026-02-20")
        #expect(late.status == 422 && late.response.text.contains("2026-02-15"), "\(late.response.text)")
        #expect(try opened("2026-02-15").status == 201)
        try client.put("/v1/regimes/ours", Self.body(#","valid_from":"2026-02-16""#))
        #expect(try opened("2026-02-20")["stages"][0]["regime_version"].integer == 3)
        #expect(try opened("2026-02-15")["stages"][0]["regime_version"].integer == 2)
    }

    @Test("are on record as of every instant, and those that come with the service always")
    func asOf() throws {
        let before = desk.clock.tick().rfc3339
        try client.put("/v1/regimes/ours", Self.body())
        let first = (desk.clock.tick().rfc3339, try client.get("/v1/regimes/ours").response.text)
        try client.put("/v1/regimes/ours", Self.body(#","valid_from":"2026-12-31""#))
        #expect(try client.get("/v1/regimes/ours?as_of=\(first.0)").response.text == first.1)
        #expect(try client.get("/v1/regimes/ours?as_of=\(before)").status == 404)
        #expect(try client.get("/v1/regimes?as_of=\(before)")["total"].integer == Int64(ShippedRegimes.all.count))
        #expect(try client.get("/v1/regimes/ours?version=2&as_of=\(first.0)").status == 404)
        #expect(try client.get("/v1/regimes/lgsco?as_of=\(before)").status == 200)
    }

    @Test("that come with the service are there, are not changed, and are taken under another name")
    func shipped() throws {
        for regime in ShippedRegimes.all {
            let shown = try client.get("/v1/regimes/\(regime.name)")
            #expect(shown.status == 200 && shown["shipped"].flag == true && shown["version"].integer == 0)
            #expect(shown["recorded_at"] == .null && shown["versions"].items == [])
            #expect(try client.get("/v1/regimes/\(regime.name)?version=1").status == 404)
            let refused = try client.put("/v1/regimes/\(regime.name.uppercased())", Self.body())
            #expect(refused.status == 409 && refused.code == "regime_shipped", "\(refused.response.text)")
            #expect(refused["detail"].text?.contains("PUT /v1/regimes/my-\(regime.name)") == true)
            let sent = [
                "title", "authority", "source", "calendar", "received_closed", "valid_from", "valid_until", "stages",
            ]
            let copied = try client.put(
                "/v1/regimes/my-\(regime.name)", JSONValue.written(sent.map { ($0, shown[$0]) }))
            #expect(copied.status == 201, "\(copied.response.text)")
            for name in sent { #expect(copied[name] == shown[name], "\(regime.name) \(name)") }
        }
        #expect(try client.get("/v1/log/head")["id"].integer == Int64(ShippedRegimes.all.count))
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("tell which was meant, where there is none")
    func none() throws {
        let answer = try client.get("/v1/regimes/fca-dips")
        #expect(answer.status == 404 && answer["detail"].text?.contains("did you mean fca-disp?") == true)
    }

    @Test("are listed by name, in pages and as CSV")
    func list() throws {
        for name in ["b", "A"] { try client.put("/v1/regimes/\(name)", Self.body()) }
        let names = (ShippedRegimes.all.map(\.name) + ["A", "b"]).sorted { $0.lowercased() < $1.lowercased() }
        #expect(try client.get("/v1/regimes")["items"].items.map { $0["name"].text } == names)
        let page = try client.get("/v1/regimes?limit=2")
        #expect(page["items"].items.count == 2 && page["total"].integer == Int64(names.count))
        let rows = try client.get("/v1/regimes?format=csv").response.text.split(separator: "\r\n")
        #expect(rows.count == names.count + 1 && rows[1].hasPrefix("A,Ours,Us,"), "\(rows)")
    }

    @Test("are in the log with what changed, as it is and as it was, and in the events")
    func log() throws {
        try client.put("/v1/regimes/ours", RegimeRequest.twoStagesBody)
        try client.put("/v1/regimes/ours", Self.body(#","valid_from":"2027-01-01""#))
        let events = try client.get("/v1/events?type=regime.updated")["items"].items
        #expect(events.count == 2 && events.allSatisfy { $0["about"].text == "regime" && $0["case_id"] == .null })
        let (first, second) = (events[0]["entry"], events[1]["entry"])
        #expect(first["kind"].text == "regime_updated" && first["seq"].integer == 1 && first["name"].text == "ours")
        #expect(first["valid_from"].text == "" && first["received_closed"].text == "next")
        #expect(
            first["clocks_added"][1].text
                == "stage 1: answer, 10 business days from kept:acknowledge, close, makes answer, met by answer or decision, "
                + "extended by 10 business days from due at most")
        #expect(second["title"].text == "Ours" && second["title_before"].text == "Complaints to us")
        #expect(second["calendar"] == .null && second["valid_from"].text == "2027-01-01")
        #expect(second["stages_before"].text == "stage 1; stage 2" && second["clocks_removed"].items.count == 5)
        #expect(second["received_closed"].text == "same" && second["received_closed_before"].text == "next")
    }

    @Test(
        "are refused with all that is wrong with them",
        arguments: [
            (
                #"{}"#,
                [
                    "#/title required", "#/authority required", "#/source required", "#/calendar required",
                    "#/stages required",
                ]
            ),
            (body(stages: "[]"), ["#/stages too_short"]),
            (body(stages: "[\((1...11).map { #"{"name":"\#($0)"}"# }.joined(separator: ","))]"), ["#/stages too_long"]),
            (
                body(stages: stage(#""name":"a","anchor":"kept","count":0,"unit":"day","makes":"reply""#)),
                [
                    "#/stages/0/clocks/0/anchor invalid_value", "#/stages/0/clocks/0/count out_of_range",
                    "#/stages/0/clocks/0/unit invalid_value", "#/stages/0/clocks/0/makes invalid_value",
                ]
            ),
            (
                body(
                    stages: stage(
                        #""name":"a","anchor":"received","count":2,"unit":"days","makes":"answer","met_by":["nothing"],"when":1"#,
                        #""name":"b","anchor":"kept:update","count":2,"unit":"hours","until":"close","instead_of":"c""#)
                ),
                [
                    "#/stages/0/clocks/0/met_by/0 invalid_value", "#/stages/0/clocks/0/when unknown_field",
                    "#/stages/0/clocks/1/until conflicting_fields", "#/stages/0/clocks/1/anchor invalid_value",
                    "#/stages/0/clocks/1/instead_of invalid_value",
                ]
            ),
            (
                body(
                    stages: stage(
                        #""name":"a","anchor":"received","count":8,"unit":"weeks","makes":"answer","extension":{"count":1,"unit":"weeks"}"#,
                        #""name":"b","anchor":"received","count":8,"unit":"weeks","makes":"answer","extension":{"count":1,"unit":"weeks","from":"anchor"}"#
                    )),
                [
                    "#/stages/0/clocks/0/extension/from required",
                    "#/stages/0/clocks/1/extension/count conflicting_fields",
                ]
            ),
            (
                body(#","valid_from":"2027-01-01","valid_until":"2026-01-01","version":1,"shipped":true"#),
                [
                    "#/version read_only_field", "#/shipped read_only_field", "#/valid_until conflicting_fields",
                ]
            ),
        ])
    func refusals(body: String, errors: [String]) throws {
        let answer = try client.put("/v1/regimes/ours", body)
        #expect(answer.status == 422 && answer.errors == errors, "\(answer.response.text)")
        #expect(try client.get("/v1/regimes/ours").status == 404)
    }

    @Test("go by a calendar that there is, and are told which was meant")
    func calendar() throws {
        let answer = try client.put(
            "/v1/regimes/ours", Self.body().replacing("england-and-wales", with: "England-and-Wale"))
        #expect(answer.status == 422 && answer.errors == ["#/calendar invalid_value"])
        let detail = answer["errors"][0]["detail"].text ?? ""
        #expect(detail.contains("did you mean england-and-wales?") && detail.contains("PUT /v1/calendars/"))
        try client.put("/v1/calendars/default", CalendarRequest.officeBody)
        #expect(
            try client.put("/v1/regimes/ours", Self.body().replacing("england-and-wales", with: "Default")).status
                == 201)
    }

    @Test("are changed only as they were seen, where that is asked for")
    func conditions() throws {
        func put(_ more: String = "", _ fields: [String: String]) throws -> Int {
            try client.put("/v1/regimes/ours", Self.body(more), fields: fields).status
        }
        #expect(try put("", ["If-Match": "*"]) == 412, "there is nothing")
        #expect(try put("", ["If-None-Match": "*"]) == 201)
        let tag = try #require(try client.get("/v1/regimes/ours").fields["etag"])
        #expect(try client.get("/v1/regimes/ours", fields: ["If-None-Match": tag]).status == 304)
        #expect(try put(#","valid_from":"2026-01-01""#, ["If-Match": tag]) == 200)
        #expect(try put(#","valid_from":"2026-01-02""#, ["If-Match": tag]) == 412)
    }

    @Test("are no more than there may be")
    func many() throws {
        try desk.store.write { transaction in
            for number in 1...Limits.regimes {
                let command = RegimeCommand.put(name: "r\(number)", Incoming(.twoStages))
                _ = try transaction.perform(
                    command, on: transaction.subject(of: command), by: Actor(name: "Mia", role: .manager))
            }
        }
        let answer = try client.put("/v1/regimes/more", Self.body())
        #expect(answer.status == 422 && answer.errors == ["# out_of_range"])
        #expect(try client.put("/v1/regimes/r1", Self.body()).status == 200)
    }
}
