import CaseStore
import Complaints
import HTTPServer
import HTTPTypes
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Two who come with tokens of their own")
struct ActingForEachOtherTests {
    private let desk: TestDesk
    private let kim: TestClient
    private let lou: TestClient

    /// Two managers, so that no role stands in the way, and a case that is neither's.
    init() throws {
        let desk = try TestDesk()
        func client(_ owner: String) throws -> TestClient {
            var client = desk.client
            // Called as the other one is.
            let name = owner == "Kim" ? "Lou" : "Kim"
            client.standing = ["Authorization": try desk.token(.manager, name: name, owner: owner).field]
            return client
        }
        self.desk = desk
        kim = try client("Kim")
        lou = try client("Lou")
        let made = try kim.post(
            "/v1/cases",
            #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Sam","supervisor":"Lou","mood":"angry","promise":{"what":"Call","due_in":"P2D","owner":"Lou"}}"#
        )
        try #require(made.status == 201)
    }

    @Test("say at no route that they are somebody else")
    func everyRoute() throws {
        for route in RouteMap.table.routes where route.endpoint.role != nil {
            let answer = JSONAnswer(
                try kim.send(
                    route.method.rawValue, route.examplePath, fields: ["Casekeeper-Actor": "Lou"],
                    body: route.endpoint.isChange ? Array("{}".utf8) : nil))
            #expect(answer.status == 403 && answer.code == "acts_for_itself", "\(route.method) \(route.pattern)")
        }
        #expect(try kim.get("/v1/log/head")["id"].integer ?? 0 < 10, "nothing was done")
    }

    /// An entry of each kind in which Kim says that it is Lou's word, wherever such an entry has room for that. Whoever adds
    /// a kind says here whose word it is.
    private func forged(_ kind: LogKind) throws -> String? {
        func seq(_ kind: String, _ fields: String, by client: TestClient) throws -> Int64 {
            try #require(
                try client.post("/v1/cases/1/log", #"{"kind":"\#(kind)",\#(fields)}"#)["seq"].integer, "\(kind)")
        }
        switch kind {
        case .statement, .question, .fact: return #""text":"x","said_by":"Lou""#
        case .acknowledgement, .support, .apology, .note: return #""text":"x""#
        case .restatement: return #""text":"x","confirmed":true"#
        case .option: return #""options":["A"]"#
        case .agreement:
            _ = try seq("option", #""options":["A"]"#, by: kim)
            return #""option":"A","accepted":true,"remedy":{"what":"x","due_in":"P1D","owner":"Lou"}"#
        case .threat: return #""threat_kind":"legal""#
        case .threatAssessment:
            return
                #""of":\#(try seq("threat", #""threat_kind":"legal""#, by: kim)),"verdict":"unfounded","by":"Lou","reason":"x""#
        case .concession: return #""what":"x","amount":999999,"currency":"USD""#
        case .concessionDecision:
            let seq = try seq("concession", #""what":"x","amount":999999,"currency":"USD""#, by: kim)
            return #""of":\#(seq),"approved":true,"by":"Lou","reason":"x""#
        case .dispute: return nil
        case .disputeDecision:
            let promise = try #require(
                try kim.post("/v1/cases/1/promises", #"{"what":"x","due_in":"P1D","owner":"me"}"#)["id"].integer)
            try kim.post("/v1/promises/\(promise)/keep", "{}")
            let seq = try seq("dispute", #""promise_id":\#(promise),"reason":"x","said_by":"Lou""#, by: kim)
            return #""of":\#(seq),"upheld":false,"reason":"x""#
        case .referral, .forwarded: return #""to":"Lou""#
        case .referralDecision:
            return #""of":\#(try seq("referral", #""to":"Ombudsman""#, by: kim)),"decision":"settled""#
        case .mood: return #""mood":"upset""#
        case .supervisorJoined: return #""supervisor":"Lou""#
        case .coolOff, .refusal: return #""reason":"x","callback":{"what":"x","due_in":"P1D","owner":"Lou"}"#
        case .customerNotified: return #""channel":"phone","outcome":"reached""#
        case .debrief: return #""with":"Kim""#
        case .lesson: return #""cause":"x""#
        case .thanks: return #""thanked":"Lou""#
        default:
            Issue.record("\(kind) is written by clients: whose word is it?")
            return nil
        }
    }

    @Test("write no entry of any kind in each other's name", arguments: LogKind.written)
    func everyKind(kind: LogKind) throws {
        guard let fields = try forged(kind) else { return }
        let answer = try kim.post("/v1/cases/1/log", #"{"kind":"\#(kind.rawValue)",\#(fields)}"#)
        let forTheOther: [LogKind] = [.threatAssessment, .concessionDecision, .disputeDecision, .debrief]
        if forTheOther.contains(kind) {
            #expect(answer.status == 403 && answer.code == "forbidden", "\(kind): \(answer.response.text)")
            return
        }
        #expect(answer.status == 201, "\(kind): \(answer.response.text)")
        let entry = try kim.get("/v1/cases/1/log/\(answer["seq"].integer ?? 0)")
        #expect(entry["actor"].text == "Kim" && entry["token"].text == "Lou", "\(kind)")
        #expect(entry["by"] == .null || entry["by"].text == "Kim")
        // What is given to the other one by it waits for their own word.
        if case .object = answer["promise"] {
            let given = answer["promise"]
            #expect(given["owner"].text == "Lou" && given["waits_for_acceptance"].flag == true, "\(kind)")
            #expect(given["accountable"].text == "Kim", "\(kind)")
        }
    }

    @Test("take on, and give back, no promise for each other; what one does with it is their own word")
    func everyAction() throws {
        let given = try kim.get("/v1/promises/1")
        #expect(given["owner"].text == "Lou" && given["accountable"].text == "Kim")
        for action in ["accept", "decline"] {
            let answer = try kim.post(
                "/v1/promises/1/\(action)",
                #"{"reason":"x"}"#.replacing(action == "accept" ? #""reason":"x""# : "~", with: ""))
            #expect(answer.code == "not_the_owner", "\(action): \(answer.response.text)")
        }
        let renewed = try kim.post(
            "/v1/promises/1/renegotiate",
            #"{"due_in":"P3D","reason":"x","next_step":"y","customer_notified":{"channel":"phone","outcome":"reached"}}"#
        )
        #expect(renewed["made_by"].text == "Kim" && renewed["accountable"].text != "Lou", "\(renewed.response.text)")
        let id = try #require(renewed["id"].integer)
        let kept = try kim.post(
            "/v1/promises/\(id)/keep", #"{"next_promise":{"what":"x","due_in":"P1D","owner":"Lou"}}"#)
        #expect(kept["promise"]["settled_by"].text == "Kim" && kept["promise"]["accountable"].text != "Lou")
        let next = try #require(kept["next_promise"]["id"].integer)
        #expect(try lou.post("/v1/promises/\(next)/accept", "{}")["promise"]["accountable"].text == "Lou")
        // What Lou took on, and Kim made, Kim takes back by their own word; what Lou made is not Kim's mistake.
        let own = try #require(try lou.post("/v1/cases/1/promises", #"{"what":"Typo","due_in":"P1D"}"#)["id"].integer)
        let voided = try kim.post(
            "/v1/promises/\(own)/void", #"{"reason":"x","customer_notified":{"channel":"phone","outcome":"reached"}}"#)
        #expect(
            voided["promise"]["settled_by"].text == "Kim", "by a manager, and not by its maker: \(voided.response.text)"
        )
    }

    @Test("decide about themselves neither by a name of their token nor by another token of their own")
    func aboutOneself() throws {
        var second = kim
        second.standing = ["Authorization": try desk.token(.manager, name: "telephone", owner: "kim").field]
        let seq = try #require(
            try second.post("/v1/cases/1/log", #"{"kind":"concession","what":"x","amount":999999,"currency":"USD"}"#)[
                "seq"
            ].integer)
        let yes = #"{"kind":"concession_decision","of":\#(seq),"approved":true,"reason":"x"}"#
        #expect(try kim.post("/v1/cases/1/log", yes).status == 403)
        #expect(try lou.post("/v1/cases/1/log", yes)["by"].text == "Lou")
    }
}
