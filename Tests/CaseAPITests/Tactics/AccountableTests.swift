import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("T2: a promise counts for whoever accepted it")
struct AccountableTests {
    private let story: Story

    init() throws {
        story = try Story(#""owner":"Kim","#)
    }

    private func act(_ action: String, _ id: Int64, _ body: String = "{}", as actor: String) throws -> JSONAnswer {
        try story.client.post("/v1/promises/\(id)/\(action)", body, fields: ["Casekeeper-Actor": actor])
    }

    private func give(_ id: Int64, to owner: String, as actor: String) throws -> JSONAnswer {
        try act("reassign", id, #"{"owner":"\#(owner)","reason":"Shift"}"#, as: actor)
    }

    private func accountable(_ id: Int64, asOf instant: Instant? = nil) throws -> String? {
        try story.client.get("/v1/promises/\(id)\(instant.map { "?as_of=\($0.rfc3339)" } ?? "")")["accountable"].text
    }

    private func ids(_ query: String) throws -> [Int64?] {
        try story.client.get("/v1/promises?\(query)")["items"].items.map { $0["id"].integer }
    }

    /// The groups of the report by owner, of those that have something in that column.
    private func figures(_ column: String) throws -> [String: Int64] {
        let groups = try story.client.get("/v1/reports/promises?group_by=owner")["groups"].items
        return groups.reduce(into: [:]) { found, group in
            if let count = group[column].integer, count > 0 { found[group["key"].text ?? "nobody"] = count }
        }
    }

    @Test("its maker, its taker, or the owner who said accept; what the policy made, its owner, and nobody without one")
    func who() throws {
        #expect(try accountable(1) == "Kim")
        #expect(try story.promise("Call", as: "Lou")["accountable"].text == "Lou", "it is Kim's to accept")
        let nobodys = try Story(on: story.desk, customer: "C-2")
        #expect(try nobodys.now()["promises"][0]["accountable"] == .null)
        #expect(try nobodys.promise("Call", as: "Lou")["accountable"].text == "Lou", "nobody else is to keep it")
        let taken = try give(3, to: "Kim", as: "KIM")
        #expect(taken["promise"]["accountable"].text == "Kim" && taken["promise"]["waits_for_acceptance"].flag == false)
        let customers = try story.promise("Send the bill", #""by":"customer","to":"us","due_in":"P1D""#, as: "Lou")
        #expect(customers["accountable"] == .null)
    }

    @Test("given to somebody who never accepts, or to a name nobody has, it counts for who gave it")
    func neverAccepted() throws {
        let made = try story.promise("Call", #""due_in":"P1D","owner":"Kimm""#, as: "Lou")
        #expect(made["accountable"].text == "Lou" && made["owner"].text == "Kimm")
        let given = try give(1, to: "Kimm", as: "Kim")
        #expect(given["promise"]["accountable"].text == "Kim", "the policy's too, once a person gives it away")
        story.desk.clock.advance(by: .days(3))
        #expect(try figures("overdue") == ["Kim": 1, "Lou": 1])
        #expect(try ids("state=overdue&accountable=kim") == [1])
        #expect(try ids("state=overdue&accountable=LOU") == [2])
        #expect(try ids("state=overdue&owner=Kimm").count == 2)
        let unknown = try story.client.get("/v1/promises?accountable=Kmi")
        #expect(unknown.status == 400 && unknown.errors == ["accountable unknown_value"])
    }

    @Test("who accepts is accountable from then on, and not before")
    func history() throws {
        let id = try #require(try story.promise("Call", #""due_in":"P1D","owner":"Bo""#, as: "Lou")["id"].integer)
        let made = story.desk.clock.now
        story.desk.clock.advance(by: .hours(1))
        #expect(try act("accept", id, as: "Bo")["promise"]["accountable"].text == "Bo")
        let accepted = story.desk.clock.now
        story.desk.clock.advance(by: .hours(1))
        #expect(try give(id, to: "Lou", as: "Bo")["promise"]["accountable"].text == "Bo")
        let given = story.desk.clock.now
        story.desk.clock.advance(by: .hours(1))
        #expect(try act("accept", id, as: "Lou")["promise"]["accountable"].text == "Lou")
        #expect(try accountable(id, asOf: made) == "Lou")
        #expect(try accountable(id, asOf: accepted) == "Bo")
        #expect(try accountable(id, asOf: given) == "Bo")
        #expect(try ids("accountable=Bo&as_of=\(given.rfc3339)") == [id])
        #expect(try ids("accountable=Bo&as_of=\(made.rfc3339)") == [])
        #expect(try ids("accountable=Lou") == [id])
    }

    @Test("accepted once it is overdue, it counts for who gave it")
    func acceptedLate() throws {
        let id = try #require(try story.promise("Call", #""due_in":"PT1H","owner":"Bo""#, as: "Lou")["id"].integer)
        story.desk.clock.advance(by: .hours(2))
        try #expect(act("accept", id, as: "Bo").status == 200)
        #expect(try act("keep", id, as: "Bo")["promise"]["accountable"].text == "Bo")
        #expect(try figures("kept_late") == ["Lou": 1])
        let load = try story.promise("Write", #""due_in":"P9D","owner":"Lou""#, as: "Lou")["load"]
        #expect(
            load["kept_rate"].text == nil && load["kept_rate"] != .null, "what is told with a promise counts it too")
    }

    @Test(
        "whoever keeps what is theirs to keep, or agrees on another date, has accepted it", arguments: ["keep", "move"])
    func byDoing(_ action: String) throws {
        let id = try #require(try story.promise("Call", #""due_in":"P1D","owner":"Bo""#, as: "Lou")["id"].integer)
        let told = #""customer_notified":{"channel":"phone","outcome":"reached"}"#
        let move = #"{"due_in":"P2D","reason":"No stock","next_step":"We call",\#(told)}"#
        #expect(
            try act(action == "keep" ? "keep" : "renegotiate", id, action == "keep" ? "{}" : move, as: "Bo").status
                < 300)
        #expect(try accountable(id) == "Bo")
        let seqs = try story.client.get("\(story.path)/log?limit=500")["items"].items.filter {
            $0["accepted"].flag == true
        }
        #expect(seqs.count == 1 && seqs[0]["promise_id"].integer == id)
        if action == "move" { #expect(try accountable(id + 1) == "Bo") }
        let other = try #require(try story.promise("Call", #""due_in":"P1D","owner":"Bo""#, as: "Lou")["id"].integer)
        try #expect(act("keep", other, as: "Mia").status == 200)
        #expect(try accountable(other) == "Lou", "somebody else's keep is not the owner's word")
    }

    @Test("handed on in the last quarter of its span it counts for who handed it on, and as reassigned late")
    func lastMoment() throws {
        for owner in ["Lou", "Mia"] { try story.promise("Call", #""due_in":"P1D","owner":"\#(owner)""#, as: owner) }
        story.desk.clock.advance(by: .hours(17))
        try #expect(give(2, to: "Kim", as: "Lou").status == 200)
        story.desk.clock.advance(by: .hours(1))
        try #expect(give(3, to: "Kim", as: "Mia").status == 200)
        story.desk.clock.advance(by: .days(1))
        try #expect(give(2, to: "Bo", as: "Boss").status == 200, "past due it is late for everybody to see")
        #expect(try figures("overdue") == ["Lou": 1, "Mia": 1])
        #expect(try figures("reassigned_late") == ["Mia": 1])
        let untold = try act("reassign", 1, #"{"owner":"Lou"}"#, as: "Kim")
        #expect(untold.errors == ["#/reason required"])
    }

    @Test("declined, it goes back to who gave it, with the reason in the log")
    func decline() throws {
        let id = try #require(try story.promise("Call", #""due_in":"P1D","owner":"Bo""#, as: "Lou")["id"].integer)
        let no = #"{"reason":"I am away that day"}"#
        #expect(try act("decline", id, "{}", as: "Bo").errors == ["#/reason required"])
        #expect(try act("decline", id, no, as: "Mia").code == "not_the_owner")
        let asked = story.desk.clock.now
        story.desk.clock.advance(by: .hours(23))
        let declined = try act("decline", id, no, as: "bo")
        #expect(declined["promise"]["owner"].text == "Lou" && declined["promise"]["accountable"].text == "Lou")
        #expect(declined["promise"]["waits_for_acceptance"].flag == false)
        let seq = try #require(declined["case"]["version"].integer)
        let entry = try story.client.get("\(story.path)/log/\(seq)")
        #expect(entry["kind"].text == "promise_declined" && entry["reason"].text == "I am away that day")
        #expect(entry["owner"].text == "Lou" && entry["owner_before"].text == "Bo")
        #expect(try story.client.get("/v1/events?type=promise.declined")["items"].items.count == 1)
        #expect(try story.client.get("/v1/promises/\(id)?as_of=\(asked.rfc3339)")["owner"].text == "Bo")
        #expect(try act("decline", id, no, as: "Lou").code == "already_accepted", "it is theirs by their own word")
        story.desk.clock.advance(by: .days(1))
        #expect(try figures("reassigned_late") == [:])
    }

    @Test("what somebody accepted, made or took is not declined before it falls due")
    func declineLate() throws {
        let no = #"{"reason":"It will be late"}"#
        let accepted = try #require(try story.promise("Call", #""due_in":"P1D","owner":"Bo""#, as: "Lou")["id"].integer)
        try #expect(act("accept", accepted, as: "Bo").status == 200)
        #expect(try act("decline", accepted, no, as: "Bo").code == "already_accepted")
        let made = try #require(try story.promise("Call", #""due_in":"P1D","owner":"Bo""#, as: "Bo")["id"].integer)
        #expect(try act("decline", made, no, as: "Bo").code == "already_accepted")
        try #expect(give(1, to: "Bo", as: "Bo").status == 200)
        #expect(try act("decline", 1, no, as: "Bo").code == "already_accepted", "the policy's, once it is taken")
        try #expect(act("keep", made, as: "Bo").status == 200)
        #expect(try act("decline", made, no, as: "Bo").code == "promise_settled")
    }

    @Test(
        "what the policy gave and nobody took is nobody's when it is declined, and is in the queue until somebody takes it"
    )
    func declinePolicys() throws {
        let declined = try act("decline", 1, #"{"reason":"Not my team"}"#, as: "Kim")
        #expect(declined["promise"]["owner"] == .null && declined["promise"]["accountable"] == .null)
        let instant = story.desk.clock.now
        let item = try story.client.get("/v1/queue")["items"][0]
        #expect(item["kind"].text == "acceptance" && item["waits_for"] == .null && item["promise_id"].integer == 1)
        story.desk.clock.advance(by: .hours(1))
        #expect(item["call"]["path"].text == "/v1/promises/1/accept")
        try #expect(act("accept", 1, as: "Bo").status == 200)
        #expect(try story.client.get("/v1/queue")["items"].items.isEmpty)
        #expect(try story.client.get("/v1/queue?as_of=\(instant.rfc3339)")["items"].items.count == 1)
        #expect(try accountable(1) == "Bo" && accountable(1, asOf: instant) == nil)
        #expect(try story.desk.store.makeReader().verify().findings == [])
    }

    @Test("who is made the first owner of a case is asked for what was nobody's")
    func firstOwner() throws {
        let other = try Story(on: story.desk, customer: "C-2")
        try story.client.patch(other.path, #"{"owner":"Bo"}"#, fields: ["Casekeeper-Actor": "Lou"])
        let promise = try other.now()["promises"][0]
        #expect(promise["owner"].text == "Bo" && promise["accountable"].text == "Lou")
        #expect(promise["waits_for_acceptance"].flag == true)
    }
}
