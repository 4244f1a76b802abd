import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Who keeps promises")
struct OwnerRoutesTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    init() throws {
        desk = try TestDesk()
    }

    private func open(_ more: String) throws -> JSONAnswer {
        try desk.openCase(#"{\#(more),"complaint":"It leaks.","customer":{"name":"Ann"}}"#)
    }

    @Test("is named once, however their name is written, and edited since")
    func naming() throws {
        let made = try client.post(
            "/v1/owners", #"{"name":"Zoë Kern","email":"zoe@example.com","team":"North","time_zone":"europe/berlin"}"#)
        #expect(made.status == 201 && made.fields["location"] == "/v1/owners/Zo%C3%AB%20Kern", "\(made.response.text)")
        #expect(
            made["time_zone"].text == "Europe/Berlin" && made["active"].flag == true && made["version"].integer == 1)
        let again = try client.post("/v1/owners", #"{"name":"ZOE\u0308  KERN"}"#)
        #expect(again.status == 409 && again.code == "duplicate_owner")
        let path = "/v1/owners/zo%C3%AB%20kern"
        let edited = try client.patch(path, #"{"active":false,"team":null}"#)
        #expect(edited["active"].flag == false && edited["absent"].flag == true && edited["team"] == .null)
        #expect(edited["version"].integer == 2)
        #expect(try client.patch(path, #"{"active":false}"#)["version"].integer == 2, "it changes nothing")
        #expect(try client.patch(path, #"{"name":"Zoe"}"#).errors == ["#/name read_only_field"])
        #expect(try client.patch(path, #"{"active":null}"#).errors == ["#/active required"])
        #expect(try client.patch(path, #"{"time_zone":"Mars/Base"}"#).errors == ["#/time_zone invalid_value"])
        #expect(try client.get("/v1/owners/Nobody").status == 404)
        #expect(try client.patch("/v1/owners/Nobody", #"{"active":false}"#).status == 404)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("is whoever was named, and whoever owns an open case or something unsettled; the others are not any more")
    func known() throws {
        try client.post("/v1/owners", #"{"name":"Ada"}"#)
        _ = try open(#""owner":"Kim""#)
        _ = try open(#""owner":"kim","promise":{"what":"x","due_in":"P1D","owner":"Lou"}"#)
        _ = try client.post(
            "/v1/cases/1/log",
            #"{"kind":"lesson","cause":"x","process":"y","review":{"what":"z","due_in":"P9D","owner":"Rae"}}"#)
        let listed = try client.get("/v1/owners")
        #expect(listed["items"].items.map { $0["name"].text } == ["Ada", "Kim", "Lou", "Rae"])
        #expect(listed["items"].items.map { $0["version"].integer } == [1, 0, 0, 0])
        #expect(listed["items"].items.map { $0["open_cases"].integer } == [0, 2, 0, 0])
        #expect(listed["total"].integer == 4)
        let promises = try client.get("/v1/cases/2")["promises"].items.map { $0["id"].integer ?? 0 }
        let done =
            #"{"summary":"Done","customer_accepted":true,"settle":[\#(promises.map { #"{"promise_id":\#($0),"action":"keep"}"# }.joined(separator: ","))]}"#
        #expect(try client.post("/v1/cases/2/resolve", done).status == 200)
        #expect(try client.get("/v1/owners")["items"].items.map { $0["name"].text } == ["Ada", "Kim", "Rae"])
        #expect(try client.get("/v1/owners/Lou").status == 404)
        #expect(try client.get("/v1/promises?owner=Lou&state=open")["total"].integer == 0, "but the name was seen")
    }

    @Test("is shown with what they carry, by the days of where they are")
    func carrying() throws {
        // A Sunday, 9:00 in UTC and 22:00 in Auckland.
        try client.post("/v1/owners", #"{"name":"Kim","time_zone":"Pacific/Auckland"}"#)
        for due in ["PT1H", "PT2H", "PT3H", "PT26H"] {
            _ = try open(#""owner":"Kim","promise":{"what":"x","due_in":"\#(due)"}"#)
        }
        let now = try client.get("/v1/owners/Kim")
        #expect(now["open"].integer == 4 && now["overdue"].integer == 0 && now["open_cases"].integer == 4)
        #expect(now["due_today"].integer == 1, "their day is over in two hours, less some milliseconds")
        let before = desk.clock.tick().rfc3339
        desk.clock.advance(by: .minutes(90))
        let later = try client.get("/v1/owners/Kim")
        #expect(later["open"].integer == 3 && later["overdue"].integer == 1 && later["due_today"].integer == 1)
        let then = try client.get("/v1/owners/Kim?as_of=\(before)")
        #expect(then["open"].integer == 4 && then["overdue"].integer == 0 && then["due_today"].integer == 1)
    }

    @Test("is on record as of every instant, with every field as it was")
    func asOf() throws {
        _ = try open(#""owner":"Lou""#)
        let start = desk.clock.tick().rfc3339
        try client.post("/v1/owners", #"{"name":"Kim","email":"a@example.com"}"#)
        var instants: [(String, String)] = [(desk.clock.tick().rfc3339, "")]
        for (name, value) in OwnerFields.sentSamples(2) {
            instants.append((desk.clock.tick().rfc3339, try client.get("/v1/owners/Kim").response.text))
            #expect(try client.patch("/v1/owners/Kim", JSONValue.written([(name, value)])).status == 200)
        }
        // Whoever is not active takes on nothing new.
        try client.patch("/v1/owners/Kim", #"{"active":true}"#)
        try client.patch("/v1/cases/1", #"{"owner":"Kim"}"#)
        try client.post("/v1/promises/1/reassign", #"{"owner":"Kim","reason":"x"}"#)
        #expect(try client.get("/v1/owners/Kim?as_of=\(start)").status == 404)
        #expect(try client.get("/v1/owners?as_of=\(start)")["items"].items.map { $0["name"].text } == ["Lou"])
        #expect(try client.get("/v1/owners")["items"].items.map { $0["name"].text } == ["Kim"])
        for (instant, text) in instants.dropFirst() {
            #expect(try client.get("/v1/owners/Kim?as_of=\(instant)").response.text == text)
        }
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("whoever was never named is called as they were then: by what they own, as it was written first")
    func spelling() throws {
        _ = try open(#""owner":"kim""#)
        let first = desk.clock.tick().rfc3339
        let tag = try client.get("/v1/owners/Kim").fields["etag"]
        _ = try open(#""owner":"KIM""#)
        let second = desk.clock.tick().rfc3339
        try client.post(
            "/v1/cases/1/resolve",
            #"{"summary":"x","customer_accepted":true,"settle":[{"promise_id":1,"action":"keep"}]}"#)
        for (instant, name) in [(first, "kim"), (second, "kim"), (desk.clock.tick().rfc3339, "KIM")] {
            let listed = try client.get("/v1/owners?as_of=\(instant)")["items"].items
            #expect(listed.map { $0["name"].text } == [name], "\(instant)")
            #expect(try client.get("/v1/owners/Kim?as_of=\(instant)")["name"].text == name)
        }
        #expect(try client.get("/v1/owners")["items"][0]["name"].text == "KIM")
        #expect(try client.get("/v1/cases?owner=Kim&as_of=\(first)")["items"][0]["owner"].text == "kim")
        let now = try client.get("/v1/owners/Kim")
        #expect(now["open"].integer == 1 && now["open_cases"].integer == 1 && now.fields["etag"] != tag)
    }

    @Test("of earlier is whoever owned then what the desk had promised itself, too")
    func reviewer() throws {
        _ = try open(#""owner":"Kim""#)
        try client.post(
            "/v1/cases/1/log",
            #"{"kind":"lesson","cause":"x","process":"y","review":{"what":"z","due_in":"P9D","owner":"Rae"}}"#)
        let then = desk.clock.tick().rfc3339
        try client.post("/v1/promises/2/keep", #"{"evidence":"Done"}"#)
        #expect(try client.get("/v1/owners/Rae").status == 404)
        #expect(try client.get("/v1/owners?as_of=\(then)")["items"].items.map { $0["name"].text } == ["Kim", "Rae"])
        let rae = try client.get("/v1/owners/Rae?as_of=\(then)")
        #expect(rae["open"].integer == 0 && rae["open_cases"].integer == 0 && rae["due_today"].integer == 0)
    }

    @Test("whoever was never named, and owns something, is named by an edit")
    func edited() throws {
        _ = try open(#""owner":"Kim""#)
        let edited = try client.patch("/v1/owners/KIM", #"{"team":"North"}"#)
        #expect(edited["name"].text == "Kim" && edited["team"].text == "North" && edited["version"].integer == 1)
        let entry = try client.get("/v1/events?type=owner.updated")["items"][0]["entry"]
        #expect(entry["kind"].text == "owner_named" && entry["name"].text == "Kim" && entry["team"].text == "North")
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test(
        "is found where the answer says, whatever the name has in it",
        arguments: ["Support/EU", "50%", "Ann & Bo?", "Zoë #2"])
    func placed(name: String) throws {
        let named = try desk.client.post("/v1/owners", #"{"name":"\#(name)"}"#)
        #expect(named.status == 201)
        let place = try #require(named.fields["location"])
        #expect(try desk.client.get(place)["name"].text == name, "\(place)")
        #expect(try desk.client.post("\(place)/handover", #"{"to":"Kim","reason":"Away"}"#).status == 200)
    }

    @Test("is listed by team, as it was then, and from the last name on")
    func listed() throws {
        for (name, team) in [("Cy", "North"), ("ann", "north"), ("Bo", "South")] {
            try client.post("/v1/owners", #"{"name":"\#(name)","team":"\#(team)"}"#)
        }
        _ = try open(#""owner":"Zed","team":"East""#)
        func names(_ query: String) throws -> [String?] {
            try client.get("/v1/owners?\(query)")["items"].items.map { $0["name"].text }
        }
        let then = desk.clock.tick().rfc3339
        #expect(try names("") == ["ann", "Bo", "Cy", "Zed"] && names("sort=-name") == ["Zed", "Cy", "Bo", "ann"])
        #expect(try names("team=NORTH&sort=name") == ["ann", "Cy"] && names("team=East") == [], "a case's team alone")
        try client.patch("/v1/owners/Cy", #"{"team":"South"}"#)
        #expect(try names("team=North") == ["ann"] && names("team=South&sort=-name") == ["Cy", "Bo"])
        #expect(try names("team=North&as_of=\(then)") == ["ann", "Cy"])
        let unknown = try client.get("/v1/owners?team=Nort")
        #expect(unknown.errors == ["team unknown_value"] && unknown.response.text.contains("Did you mean north?"))
        #expect(try names("team=Nort&allow_unknown=true") == [])
        let first = try client.get("/v1/owners?sort=-name&limit=3")
        let next = try #require(first["next"].text)
        #expect(try names("sort=-name&limit=3&cursor=\(next)") == ["ann"] && first["total"].integer == 4)
    }

    @Test("is listed by pages, and as CSV")
    func pages() throws {
        for name in ["Cy", "ann", "Bo"] { try client.post("/v1/owners", #"{"name":"\#(name)"}"#) }
        let first = try client.get("/v1/owners?limit=2")
        #expect(first["items"].items.map { $0["name"].text } == ["ann", "Bo"])
        let next = try #require(first["next"].text)
        #expect(try client.get("/v1/owners?limit=2&cursor=\(next)")["items"].items.map { $0["name"].text } == ["Cy"])
        let rows = try client.get("/v1/owners?format=csv").response.text.split(separator: "\r\n")
        #expect(rows.map { $0.prefix { $0 != "," } } == ["name", "ann", "Bo", "Cy"])
    }
}
