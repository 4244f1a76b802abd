import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Who is away")
struct AbsenceRoutesTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }
    private let path = "/v1/owners/Kim/absence"

    /// Sunday 2026-03-01, about nine in the morning: Kim is in Auckland, where that is the evening.
    init() throws {
        desk = try TestDesk()
        try client.post("/v1/owners", #"{"name":"Kim","time_zone":"Pacific/Auckland"}"#)
        try client.post("/v1/owners", #"{"name":"Lou"}"#)
    }

    private let holiday = #"{"from":"2026-03-04","until":"2026-03-06","stand_in":"lou"}"#

    @discardableResult
    private func promise(_ due: String, owner: String = "Kim", to: String = "customer") throws -> JSONAnswer {
        try client.post(
            "/v1/cases/1/promises", #"{"what":"x","due_at":"\#(due)","owner":"\#(owner)","to":"\#(to)"}"#,
            fields: ["Casekeeper-Actor": owner])
    }

    @Test("is said, changed and taken back, each an entry and an event; the same again is none")
    func saying() throws {
        let set = try client.put(path, holiday)
        #expect(set.status == 200, "\(set.response.text)")
        #expect(set["absence"]["from"].text == "2026-03-04" && set["absence"]["until"].text == "2026-03-06")
        #expect(set["absence"]["stand_in"].text == "lou" && set["absence"]["due"].integer == 0)
        #expect(set["version"].integer == 2 && set["absent"].flag == false && set["warnings"].items.isEmpty)
        #expect(try client.put(path, holiday)["version"].integer == 2)
        #expect(try client.put(path, #"{"from":"2026-03-05","until":"2026-03-06"}"#)["version"].integer == 3)
        let back = try client.send("DELETE", path)
        #expect(back.status == 200 && JSONAnswer(back)["absence"] == .null)
        #expect(try client.send("DELETE", path).status == 404)
        let events = try client.get("/v1/events?type=owner.updated&limit=500")["items"].items.map { $0["entry"] }
            .filter { $0["kind"].text == "owner_updated" }
        #expect(events.count == 3)
        #expect(events[0]["absence_from"].text == "2026-03-04" && events[0]["absence_stand_in"].text == "lou")
        #expect(events[1]["absence_from_before"].text == "2026-03-04" && events[1]["absence_stand_in"].text == "")
        #expect(events[2]["absence_until"].text == "" && events[2]["absence_until_before"].text == "2026-03-06")
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("is refused in the past, the wrong way round, without dates, and with a stand-in who can't be")
    func refusals() throws {
        try client.post("/v1/owners", #"{"name":"Old","active":false}"#)
        // Where Kim is it is the first of March until eleven.
        for (body, issues) in [
            (#"{"from":"2026-02-20","until":"2026-02-28"}"#, ["#/until in_the_past"]),
            (#"{"from":"2026-03-05","until":"2026-03-04"}"#, ["#/until invalid_value"]),
            (#"{"from":"2026-02-30"}"#, ["#/until required", "#/from invalid_value"]),
            (#"{"from":"2026-03-04","until":"2026-03-06","stand_in":"Kim"}"#, ["#/stand_in invalid_value"]),
            (#"{"from":"2026-03-04","until":"2026-03-06","stand_in":"Lu"}"#, ["#/stand_in unknown_owner"]),
            (#"{"from":"2026-03-04","until":"2026-03-06","stand_in":"Old"}"#, ["#/stand_in inactive_owner"]),
            (
                #"{"from":"2026-03-05","until":"2026-02-04","stand_in":"Lu"}"#,
                ["#/stand_in unknown_owner", "#/until invalid_value"]
            ),
        ] {
            let answer = try client.put(path, body)
            #expect(answer.status == 422 && Set(answer.errors) == Set(issues), "\(body) \(answer.response.text)")
        }
        #expect(try client.put("/v1/owners/Nobody/absence", holiday).status == 404)
        #expect(try client.patch("/v1/owners/Kim", #"{"absence":null}"#).errors == ["#/absence read_only_field"])
        #expect(try client.get("/v1/owners/Kim")["version"].integer == 1)
    }

    @Test("is for themselves to say, or for a manager")
    func roles() throws {
        let roles: [(String, Role)] = [("Kim", .agent), ("Lou", .agent), ("Mia", .manager)]
        let fields = try Dictionary(
            uniqueKeysWithValues: roles.map { name, role in
                (name, ["Authorization": try desk.token(role, name: name, owner: name).field])
            })
        #expect(try client.put(path, holiday, fields: fields["Lou"]!).status == 403)
        #expect(try client.put(path, holiday, fields: fields["Kim"]!).status == 200)
        let day = #"{"from":"2026-03-04","until":"2026-03-04"}"#
        #expect(try client.put("/v1/owners/me/absence", day, fields: fields["Lou"]!).status == 200)
        #expect(try client.send("DELETE", path, fields: fields["Lou"]!).status == 403)
        #expect(try client.send("DELETE", path, fields: fields["Mia"]!).status == 200)
    }

    @Test("has what falls due in it counted and listed by the days where they are, and nothing given away")
    func due() throws {
        let kept = #"{"what":"Keep","due_in":"P28D","customer_notified":{"channel":"phone","outcome":"reached"}}"#
        _ = try desk.openCase(#"{"complaint":"x","customer":{"name":"Ann"},"promise":\#(kept)}"#)
        // Auckland is 13 hours ahead: its 4th of March begins at eleven on the 3rd.
        for due in ["03T11:00:00Z", "03T11:00:00.001Z", "06T11:00:00Z", "06T11:00:00.001Z"] {
            try promise("2026-03-\(due)")
        }
        try promise("2026-03-05T09:00:00Z", to: "us")
        try promise("2026-03-05T09:00:00Z", owner: "Lou")
        let before = desk.clock.tick().rfc3339
        let set = try client.put(path, holiday)
        #expect(set["absence"]["due"].integer == 3)
        #expect(set["warnings"].items.map { $0["code"].text } == ["due_in_absence"])
        func ids(_ query: String) throws -> [Int64?] {
            try client.get("/v1/promises?to=any&\(query)")["items"].items.map { $0["id"].integer }
        }
        #expect(try ids("in_absence=true") == [3, 6, 4])
        #expect(try Set(ids("in_absence=false")) == [1, 2, 5, 7])
        #expect(try ids("owner=lou&in_absence=true") == [])
        #expect(try ids("in_absence=true&as_of=\(before)") == [])
        let during = desk.clock.tick().rfc3339
        desk.clock.advance(by: .days(4))
        #expect(try client.get("/v1/owners/Kim")["absent"].flag == true)
        #expect(try client.get("/v1/owners/Kim")["absence"]["due"].integer == 3, "overdue is still theirs")
        desk.clock.advance(by: .days(4))
        #expect(try client.get("/v1/owners/Kim")["absence"] == .null)
        #expect(try client.get("/v1/owners/Kim")["absent"].flag == false)
        #expect(try ids("in_absence=true") == [])
        #expect(try ids("in_absence=true&as_of=\(during)") == [3, 6, 4])
        #expect(try client.get("/v1/owners/Kim?as_of=\(during)")["absence"]["due"].integer == 3)
        #expect(try client.get("/v1/owners/Kim?as_of=\(before)")["absence"] == .null)
    }

    @Test("is warned about to whoever promises something for a day of it, or hands it to them")
    func warned() throws {
        _ = try desk.openCase()
        try client.put(path, holiday)
        let made = try promise("2026-03-05T09:00:00Z")
        let warning = try #require(made["warnings"].items.first { $0["code"].text == "owner_absent" })
        #expect(
            warning["detail"].text
                == "It is due while Kim is away, from 2026-03-04 to 2026-03-06: agree on another day, or give it to lou."
        )
        #expect(try !promise("2026-03-07T09:00:00Z").warnings.contains("owner_absent"))
        #expect(try !promise("2026-03-05T09:00:00Z", owner: "Lou").warnings.contains("owner_absent"))
        let given = try client.post("/v1/promises/4/reassign", #"{"owner":"kim","reason":"x"}"#)
        #expect(
            given["promise"]["warnings"].items.contains { $0["code"].text == "owner_absent" }, "\(given.response.text)")
        let over = try client.post("/v1/owners/Lou/handover", #"{"to":"Kim","reason":"x"}"#)
        #expect(over.status == 200)
    }

    @Test(
        "is warned about to whoever asks them to join while it lasts, and not before, after, or again with an edit of the rest"
    )
    func supervisor() throws {
        _ = try desk.openCase()
        try client.put(path, #"{"from":"2026-03-01","until":"2026-03-02","stand_in":"Lou"}"#)
        func warnings(_ body: String) throws -> [String] {
            try client.post("/v1/cases/1/escalate", body)["warnings"].items.compactMap { warning in
                warning["code"].text == "supervisor_absent" ? warning["detail"].text : nil
            }
        }
        let said = "Kim, who is asked to join, is away, from 2026-03-01 to 2026-03-02: escalate it to Lou."
        #expect(try warnings(#"{"supervisor":"Lou","reason":"x"}"#) == [])
        #expect(try warnings(#"{"supervisor":"Kim","reason":"x"}"#) == [said])
        #expect(try warnings(#"{"supervisor":"Lou","reason":"x"}"#) == [])
        desk.clock.advance(by: .days(2))
        #expect(try warnings(#"{"supervisor":"Kim","reason":"x"}"#) == [])
    }

    @Test("has what the clock says meanwhile told to the stand-in, of what was promised before and in the midst of it")
    func told() throws {
        try client.put(path, #"{"from":"2026-03-01","until":"2026-03-06","stand_in":"Lou"}"#)
        let hook = try client.post("/v1/webhooks", #"{"url":"https://x.example","owner":"lou","active":false}"#)
        #expect(hook.status == 201, "\(hook.response.text)")
        _ = try desk.openCase(#"{"complaint":"x","customer":{"name":"Ann"},"owner":"Kim"}"#)
        #expect(try promise("2026-03-02T19:00:00Z").warnings.contains("owner_absent"))
        desk.clock.advance(by: .hours(28))
        let isTold = try eventually {
            try desk.openCase()
            return try client.get("/v1/events?type=promise.due_soon")["items"].items.count > 0
        }
        #expect(isTold)
        let event = try #require(try client.get("/v1/events?type=promise.due_soon")["items"].items.first)
        #expect(event["promise"]["owner"].text == "Kim" && event["stand_in"].text == "Lou")
        let seq = try #require(event["log"]["seq"].integer)
        #expect(try client.get("/v1/cases/1/log/\(seq)")["stand_in"].text == "Lou")
        #expect(try client.get("/v1/promises/\(event["promise_id"].integer ?? 0)")["owner"].text == "Kim")
        #expect(try client.get("/v1/events?type=promise.made&limit=1")["items"][0]["stand_in"] == .null)
        desk.clock.advance(by: .hours(30))
        try desk.openCase()
        let queued = try client.get("/v1/queue?kind=overdue&owner=Kim")["items"].items
        #expect(!queued.isEmpty && queued.allSatisfy { $0["waits_for"].text == "Lou" })
    }

    @Test("names a stand-in who is not away then, too: whoever says otherwise is told")
    func standIns() throws {
        try client.put("/v1/owners/Lou/absence", #"{"from":"2026-03-06","until":"2026-03-09"}"#)
        #expect(try client.put(path, holiday).warnings == ["stand_in_absent"])
        let again = try client.put("/v1/owners/Lou/absence", #"{"from":"2026-03-01","until":"2026-03-04"}"#)
        #expect(again.warnings == ["is_stand_in"])
        #expect(try client.put("/v1/owners/Lou/absence", #"{"from":"2026-03-01","until":"2026-03-03"}"#).warnings == [])
    }

    @Test("names whoever was never named, and owns something")
    func naming() throws {
        _ = try desk.openCase(#"{"complaint":"x","customer":{"name":"Ann"},"owner":"Ida"}"#)
        let set = try client.put("/v1/owners/ida/absence", #"{"from":"2026-03-04","until":"2026-03-06"}"#)
        #expect(set.status == 200 && set["name"].text == "Ida" && set["version"].integer == 2, "\(set.response.text)")
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("a declined promise does not go back to somebody who is away")
    func declined() throws {
        _ = try desk.openCase()
        let made = try client.post(
            "/v1/cases/1/promises", #"{"what":"x","due_in":"P9D","owner":"Lou"}"#, fields: ["Casekeeper-Actor": "Kim"])
        let id = try #require(made["id"].integer)
        try client.put(path, #"{"from":"2026-02-20","until":"2026-03-03"}"#)
        let declined = try client.post(
            "/v1/promises/\(id)/decline", #"{"reason":"x"}"#, fields: ["Casekeeper-Actor": "Lou"])
        #expect(declined["promise"]["owner"] == .null, "\(declined.response.text)")
    }
}
