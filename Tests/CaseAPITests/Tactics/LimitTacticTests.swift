import Complaints
import Testing

@testable import CaseAPI

@Suite("Tactics: options and limits")
struct LimitTacticTests {
    @Test("T14: what is agreed to was offered, and becomes a promise in the same step")
    func t14() throws {
        let story = try Story()
        try story.client.patch(story.path, #"{"desired_outcome":"A new one"}"#)
        let remedy = #""remedy":{"what":"Send a new one","due_in":"P3D"}"#
        let early = try story.write("agreement", #""option":"A new one","accepted":true,\#(remedy)"#)
        #expect(early.status == 409 && early.code == "option_not_offered")
        try story.write("option", #""options":["A new one","The money back"]"#)
        let other = try story.write("agreement", #""option":"A yacht","accepted":true,\#(remedy)"#)
        #expect(other.code == "option_not_offered")
        #expect(try story.write("agreement", #""option":"A new one","accepted":true"#).errors == ["#/remedy required"])
        let no = #""option":"The money back","accepted":false"#
        #expect(try story.write("agreement", "\(no),\(remedy)").errors == ["#/remedy conflicting_fields"])
        #expect(try story.write("agreement", no).status == 201)
        let yes = try story.write("agreement", #""option":" a NEW one ","accepted":true,\#(remedy)"#)
        #expect(yes["option"].text == "A new one" && yes["promise"]["kind"].text == "remedy")
        #expect(yes["promise"]["id"] == yes["promise_id"])
        #expect(try story.log().suffix(2) == ["agreement", "promise_made"])
        #expect(try story.write("option", #""options":[]"#).errors == ["#/options too_short"])
    }

    @Test("T15: a concession above the limit waits for a manager, and a promise that names it is flagged, not refused")
    func t15() throws {
        let story = try Story()
        func concede(_ amount: Int, _ currency: String) throws -> JSONAnswer {
            try story.write("concession", #""what":"Money","amount":\#(amount),"currency":"\#(currency)""#)
        }
        #expect(try concede(10_000, "USD")["state"].text == "granted")
        let above = try concede(10_001, "USD")
        #expect(above["state"].text == "pending" && above["above_limit"].flag == true)
        #expect(try concede(1, "EUR")["state"].text == "pending", "nobody knows what it is worth")
        #expect(try story.now()["pending_concessions"].integer == 2)
        #expect(try concede(-1, "USD").errors == ["#/amount out_of_range"])
        #expect(try concede(1, "XYZ").errors == ["#/currency invalid_value"])

        let remedy = #""due_in":"P3D","kind":"remedy","owner":"local","concession""#
        #expect(try story.promise("Pay", "\(remedy):4").warnings == ["concession_pending"])
        #expect(try story.promise("Pay", "\(remedy):1").errors == ["#/concession invalid_value"])

        let agent = try story.desk.token(.agent, name: "Lou").field
        let manager = try story.desk.token(.manager, name: "Mia").field
        func decide(_ seq: Int64, _ isApproved: Bool, _ token: String) throws -> JSONAnswer {
            try story.client.post(
                "\(story.path)/log",
                #"{"kind":"concession_decision","of":\#(seq),"approved":\#(isApproved),"reason":"Our fault"}"#,
                fields: ["Authorization": token])
        }
        #expect(try decide(4, true, agent).status == 403)
        #expect(try decide(4, true, manager)["by"].text == "Mia")
        #expect(try decide(4, false, manager).code == "concession_decided")
        #expect(try decide(3, true, manager).code == "concession_decided", "it was within the limit")
        #expect(try decide(5, false, manager).status == 201)
        var mia = story.client
        mia.standing = ["Authorization": manager]
        #expect(try mia.get(story.path)["pending_concessions"].integer == 0)
        let promise = #"{"what":"Pay","due_in":"P3D","owner":"Mia","concession":5}"#
        #expect(try mia.post("\(story.path)/promises", promise).warnings == ["concession_refused"])
        let good = #"{"what":"Pay","due_in":"P3D","owner":"Mia","concession":4}"#
        #expect(try mia.post("\(story.path)/promises", good).warnings.isEmpty)
    }

    @Test("T16: a threat shows until somebody has looked into it, and a concession beside it needs a manager")
    func t16() throws {
        let story = try Story()
        let threat = try story.write(
            "threat", #""threat_kind":"legal","value_at_stake":150000,"currency":"EUR","text":"My lawyer…""#)
        let seq = try #require(threat["seq"].integer)
        #expect(try story.now()["unassessed_threats"].integer == 1)
        let given = try story.write("concession", #""what":"Money","amount":1,"currency":"USD""#)
        #expect(given["state"].text == "pending" && given["under_threat"].text == "unassessed")
        #expect(
            try story.write("threat_assessment", #""of":1,"verdict":"unfounded","reason":"x""#).errors == [
                "#/of invalid_value"
            ])
        let verdict = try story.write(
            "threat_assessment", #""of":\#(seq),"verdict":"unfounded","by":"Legal","reason":"The warranty is over""#,
            as: "Legal")
        #expect(verdict["by"].text == "Legal" && verdict["verdict"].text == "unfounded")
        #expect(try story.now()["unassessed_threats"].integer == 0)
        let after = try story.write("concession", #""what":"Money","amount":1,"currency":"USD""#)
        #expect(after["state"].text == "pending" && after["under_threat"].text == "unfounded")
        #expect(
            try story.write("threat_assessment", #""of":\#(seq),"verdict":"credible","reason":"A letter came""#).status
                == 201, "it may turn out otherwise")
        #expect(
            try story.write("concession", #""what":"Money","amount":1,"currency":"USD""#)["state"].text == "granted")
        #expect(
            try story.write("threat", #""threat_kind":"legal","value_at_stake":1"#).errors == ["#/currency required"])
        #expect(
            try story.client.get("\(story.path)?as_of=\(threat["recorded_at"].text ?? "")")["unassessed_threats"]
                .integer == 1)
    }

    @Test("T17: a manager decides about the relationship; to end it closes the case, and later cases show it")
    func t17() throws {
        let story = try Story(#""mood":"abusive","#)
        let agent = try story.desk.token(.agent, name: "Lou").field
        var mia = story.client
        mia.standing = ["Authorization": try story.desk.token(.manager, name: "Mia").field]
        let path = "\(story.path)/relationship"
        let end = #"{"decision":"end","reason":"He threatened Kim""#
        #expect(try story.client.post(path, end + "}", fields: ["Authorization": agent]).status == 403)
        let open = try mia.post(path, end + "}")
        #expect(open.status == 409 && open.code == "promises_unsettled")
        let kept = try mia.post(path, #"{"decision":"keep","reason":"A bad day"}"#)
        #expect(kept["relationship"].text == "keep" && kept["status"].text == "open")
        let settle =
            #"[{"promise_id":1,"action":"withdraw","reason":"Told","customer_agreed":false,"cause":"impossible"}]"#
        let ended = try mia.post(path, "\(end),\"settle\":\(settle)}")
        #expect(ended["relationship"].text == "end" && ended["status"].text == "closed")
        #expect(ended["promises"][0]["state"].text == "withdrawn")
        #expect(ended["escalated"].flag == false, "a case that has ended waits for no supervisor")
        #expect(ended["resolved_at"] == ended["closed_at"])
        let log = try mia.get("\(story.path)/log")["items"].items.compactMap { $0["kind"].text }
        #expect(log.suffix(4) == ["relationship", "promise_withdrawn", "case_resolved", "case_closed"])

        let body = #"{"complaint":"Me again","customer":{"external_id":"C-1"}}"#
        let again = try mia.post("/v1/cases", body)
        #expect(again.status == 201 && again["relationship"].text == "end")
        let before = try mia.get("\(story.path)?as_of=\(kept["updated_at"].text ?? "")")
        #expect(before["relationship"].text == "keep" && before["status"].text == "open")
        #expect(try mia.get(story.path).fields["etag"] == ended.fields["etag"])
        try mia.post(
            "/v1/cases/\(again["id"].integer ?? 0)/relationship", #"{"decision":"keep","reason":"He said sorry"}"#)
        #expect(try mia.get(story.path)["relationship"].text == "keep", "it is the customer's, not the case's")
    }

    @Test("T18: with whom and when a hard case was talked over is written down, and nothing else")
    func t18() throws {
        let story = try Story(#""mood":"angry","#)
        let debrief = try story.write("debrief", #""with":"Mia""#)
        #expect(debrief["with"].text == "Mia")
        #expect(try story.write("debrief", #""with":"Mia","text":"He was so rude""#).errors == ["#/text unknown_field"])
        let later = story.desk.instant(in: .days(1))
        #expect(try story.write("debrief", #""with":"Mia","at":"\#(later)""#).errors == ["#/at in_the_future"])
    }

    @Test("T19: a lesson has a cause, and a process at fault a review that is somebody's promise to us")
    func t19() throws {
        let story = try Story()
        #expect(try story.write("lesson", #""cause":"No stock""#)["promise_id"] == .null)
        let due = #""what":"Look into it","due_in":"P30D""#
        let without = try story.write("lesson", #""cause":"No call","review":{\#(due),"owner":"Lou"}"#)
        #expect(without.errors == ["#/review conflicting_fields"])
        let nobodys = try story.write("lesson", #""cause":"No call","process":"Handover","review":{\#(due)}"#)
        #expect(nobodys.errors == ["#/review/owner required"])
        let toThem = #""cause":"No call","process":"Handover","review":{\#(due),"owner":"Lou","to":"customer"}"#
        #expect(try story.write("lesson", toThem).errors == ["#/review/to invalid_value"])
        let lesson = try story.write(
            "lesson", #""cause":"No call","process":"Handover","review":{\#(due),"owner":"Lou"}"#)
        #expect(lesson["promise"]["to"].text == "us" && lesson["promise"]["owner"].text == "Lou")
        #expect(try story.client.get("/v1/promises?to=us")["items"][0]["id"] == lesson["promise_id"])
        let end = #"{"summary":"Done","customer_accepted":true,"settle":[{"promise_id":1,"action":"keep"}]}"#
        #expect(try story.client.post("\(story.path)/resolve", end).status == 200, "the review holds up no case")
    }
}
