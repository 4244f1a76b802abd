import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Whoever comes with a token of their own")
struct PersonalTokenTests {
    private let desk: TestDesk
    private let admin: TestClient

    init() throws {
        desk = try TestDesk()
        var client = desk.client
        client.standing = ["Authorization": try desk.token(.admin, name: "root").field]
        admin = client
    }

    /// A client that comes with a token of that owner, or with one that is shared.
    private func client(
        _ name: String, owner: String? = nil, _ role: Role = .agent, actor: String = ""
    ) throws -> TestClient {
        let body = #"{"name":"\#(name)","role":"\#(role.rawValue)"\#(owner.map { #","owner":"\#($0)""# } ?? "")}"#
        let made = try admin.post("/v1/tokens", body)
        #expect(made.status == 201, "\(made.response.text)")
        #expect(made["owner"].text == owner && made["shared"].flag == (owner == nil))
        var client = desk.client
        client.standing = ["Authorization": "Bearer \(made["token"].text ?? "")", "Casekeeper-Actor": actor]
        return client
    }

    private static let complaint = #""complaint":"It leaks.","customer":{"name":"Ann"}"#

    @Test("acts as its owner, whatever it is called, and as nobody else")
    func acting() throws {
        let kim = try client("laptop", owner: "Kim")
        let me = try kim.get("/v1/me")
        #expect(me["name"].text == "laptop" && me["owner"].text == "Kim" && me["shared"].flag == false)
        #expect(me["role"].text == "agent" && me["id"].integer == 2)
        for name in ["Kim", "Lou", "me", "a\tb"] {
            let other = try kim.get("/v1/cases", fields: ["Casekeeper-Actor": name])
            #expect(other.status == 403 && other.code == "acts_for_itself", "\(name): \(other.response.text)")
        }
        let made = try kim.post("/v1/cases", "{\(Self.complaint)}")
        #expect(made["owner"].text == "Kim" && made["promises"][0]["owner"].text == "Kim")
        let entry = try kim.get("/v1/cases/1/log/1")
        #expect(entry["actor"].text == "Kim" && entry["token"].text == "laptop")
    }

    @Test("is told so by GET /v1/me, as is whoever shares one, and whoever comes while there is none")
    func asking() throws {
        let shared = try client("front desk").get("/v1/me")
        #expect(shared["owner"] == .null && shared["shared"].flag == true && shared["name"].text == "front desk")
        #expect(try client("front desk", actor: "Lou").get("/v1/me")["owner"].text == "Lou")
        let other = try TestDesk()
        let open = other.client
        #expect(try open.get("/v1/me")["owner"].text == "local")
        let named = try open.get("/v1/me", fields: ["Casekeeper-Actor": "Mia"])
        #expect(named["owner"].text == "Mia" && named["id"] == .null && named["shared"].flag == true)
    }

    @Test("handles the cases they open, unless they say otherwise; whoever shares a token says so")
    func ownCases() throws {
        let kim = try client("laptop", owner: "Kim")
        #expect(try kim.post("/v1/cases", #"{"owner":null,\#(Self.complaint)}"#)["owner"] == .null)
        #expect(try kim.post("/v1/cases", #"{"owner":"Lou",\#(Self.complaint)}"#)["owner"].text == "Lou")
        let many = try kim.post(
            "/v1/cases/bulk", #"{"items":[{\#(Self.complaint)},{"owner":null,\#(Self.complaint)}]}"#)
        #expect(many["created"].integer == 2, "\(many.response.text)")
        #expect(try kim.get("/v1/cases/3")["owner"].text == "Kim" && kim.get("/v1/cases/4")["owner"] == .null)
        #expect(try client("desk", actor: "Lou").post("/v1/cases", "{\(Self.complaint)}")["owner"] == .null)
    }

    @Test("is me in every body that names somebody, and in queries; nobody is called so")
    func me() throws {
        let kim = try client("laptop", owner: "Kim", .manager)
        let lou = try client("desk", .manager, actor: "Lou")
        for (client, name) in [(kim, "Kim"), (lou, "Lou")] {
            let made = try client.post(
                "/v1/cases",
                #"{"owner":"ME","supervisor":"me",\#(Self.complaint),"promise":{"what":"x","due_in":"P1D","owner":"me"}}"#
            )
            let id = made["id"].integer ?? 0
            #expect(made["owner"].text == name && made["supervisor"].text == name, "\(made.response.text)")
            #expect(
                made["promises"][0]["owner"].text == name && made["promises"][0]["waits_for_acceptance"].flag == false)
            for target in [
                "/v1/cases?owner=me", "/v1/promises?owner=Me", "/v1/promises?accountable=me", "/v1/queue?owner=me",
            ] {
                let found = try client.get(target)
                let plain = try client.get(target.replacing(/=[mM]e$/, with: "=\(name)"))
                #expect(found["total"] == plain["total"] && found.status == 200, "\(target) \(found.response.text)")
            }
            let given = try client.post(
                "/v1/promises/\(made["promises"][0]["id"].integer ?? 0)/reassign", #"{"owner":"Sam","reason":"x"}"#)
            #expect(given["promise"]["owner"].text == "Sam")
            let thanked = try client.post("/v1/cases/\(id)/log", #"{"kind":"thanks","thanked":"me"}"#)
            #expect(thanked["thanked"].text == name)
            #expect(try client.patch("/v1/policies/low", #"{"supervisor":"me"}"#)["supervisor"].text == name)
        }
        for body in [#"{"name":"me","role":"agent"}"#, #"{"name":"x","role":"agent","owner":" "}"#] {
            #expect(try admin.post("/v1/tokens", body).status == 422, "\(body)")
        }
        for name in NobodysName.all + ["рolicy", "Ki\u{202E}m"] {
            let token = try admin.post("/v1/tokens", #"{"name":"x","role":"agent","owner":"\#(name)"}"#)
            #expect(token.status == 422 && token.errors == ["#/owner invalid_value"], "\(token.response.text)")
            let called = try admin.post("/v1/tokens", #"{"name":"\#(name)","role":"agent"}"#)
            #expect(called.errors == ["#/name invalid_value"])
            #expect(try admin.post("/v1/owners", #"{"name":"\#(name)"}"#).errors == ["#/name invalid_value"])
            for field in [#""to":"Lou","reason":"x""#] where name != Speaker.word {
                let over = try kim.post("/v1/owners/Kim/handover", "{\(field.replacing("Lou", with: name))}")
                #expect(over.errors == ["#/to invalid_value"] || over.status == 404, "\(over.response.text)")
            }
        }
        let named = try admin.get("/v1/cases", fields: ["Casekeeper-Actor": "me"])
        #expect(named.status == 400 && named.errors == ["Casekeeper-Actor invalid_value"])
    }

    @Test("for nobody me is nobody: 400, in a body, in a query, in a path and in each case of many")
    func nobody() throws {
        let shared = try client("desk", .manager)
        let query = try shared.get("/v1/promises?owner=me")
        #expect(query.status == 400 && query.errors == ["owner invalid_value"], "\(query.response.text)")
        let bodies = [
            ("/v1/cases", #"{"owner":"me",\#(Self.complaint)}"#),
            ("/v1/cases", #"{\#(Self.complaint),"promise":{"what":"x","due_in":"P1D","owner":"me"}}"#),
            ("/v1/cases/bulk", #"{"items":[{"owner":"me",\#(Self.complaint)}]}"#),
        ]
        for (target, body) in bodies {
            let answer = try shared.post(target, body)
            #expect(answer.status == 400 && answer.errors == ["Casekeeper-Actor required"], "\(answer.response.text)")
        }
        #expect(try shared.get("/v1/owners/me").status == 400)
        #expect(try desk.client.get("/v1/me").status == 401)
    }

    @Test("gets a list of their own, though another one asked by the same words just before")
    func cached() throws {
        let kim = try client("a", owner: "Kim")
        let lou = try client("b", owner: "Lou")
        try kim.post("/v1/cases", "{\(Self.complaint)}")
        #expect(try kim.get("/v1/cases?owner=me")["total"].integer == 1)
        try lou.post("/v1/cases", "{\(Self.complaint)}")
        try lou.post("/v1/cases", "{\(Self.complaint)}")
        for _ in 0..<2 {
            #expect(try kim.get("/v1/cases?owner=me")["total"].integer == 1)
            #expect(try lou.get("/v1/cases?owner=me")["total"].integer == 2)
        }
        let next = try #require(try lou.get("/v1/cases?owner=me&limit=1")["next"].text)
        #expect(try lou.get("/v1/cases?owner=me&limit=1&cursor=\(next)").status == 200)
        #expect(try kim.get("/v1/cases?owner=me&limit=1&cursor=\(next)").code == "invalid_parameter")
    }

    @Test("whoever shares a token gets no answer to a key that another one sent with the same words")
    func keys() throws {
        let body = #"{"owner":"me",\#(Self.complaint)}"#
        let (kim, lou) = (
            ["Idempotency-Key": "k", "Casekeeper-Actor": "Kim"], ["Idempotency-Key": "k", "Casekeeper-Actor": "Lou"]
        )
        #expect(try admin.post("/v1/cases", body, fields: kim)["owner"].text == "Kim")
        #expect(try admin.post("/v1/cases", body, fields: kim).fields["idempotency-replayed"] == "true")
        #expect(try admin.post("/v1/cases", body, fields: lou).code == "idempotency_key_reused")
    }

    @Test("is among the tokens of its owner, as they were named")
    func named() throws {
        try admin.post("/v1/owners", #"{"name":"Kim"}"#)
        _ = try client("a", owner: "Kim")
        let second = try admin.post("/v1/tokens", #"{"name":"b","role":"manager","owner":"KIM"}"#)
        #expect(second["owner"].text == "Kim", "as they were named")
        let listed = try admin.get("/v1/owners")
        #expect(listed["items"].items.map { $0["name"].text } == ["Kim"])
        #expect(listed["items"][0]["token_ids"] == .array([.integer(2), .integer(3)]))
        #expect(try admin.post("/v1/tokens/2/revoke", "{}").status == 200)
        #expect(try admin.get("/v1/owners/kim")["token_ids"] == .array([.integer(3)]))
        #expect(try admin.get("/v1/promises?owner=kim")["total"].integer == 0, "known without anything")
        let events = try admin.get("/v1/events?type=owner.updated,token.created")["items"].items
        #expect(
            events.map { $0["log"]["kind"].text } == ["token_created", "owner_named", "token_created", "token_created"])
        #expect(events.map { $0["entry"]["owner"].text } == [nil, nil, "Kim", "Kim"])
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("is alone where every other token of a manager is their own, too")
    func alone() throws {
        let desk = try TestDesk()
        func client(_ name: String) throws -> TestClient {
            let secret = TokenSecret()
            _ = try desk.store.write {
                try $0.createToken(name: name, role: .admin, secret: secret, expiresAt: nil, owner: "Sole")
            }
            var client = desk.client
            client.standing = ["Authorization": "Bearer \(secret.text)"]
            return client
        }
        let (one, two) = (try client("laptop"), try client("telephone"))
        try one.post("/v1/cases", "{\(Self.complaint)}")
        let gift = try one.post(
            "/v1/cases/1/log", #"{"kind":"concession","what":"x","amount":999999,"currency":"USD"}"#)
        let yes = #"{"kind":"concession_decision","of":\#(gift["seq"].integer ?? 0),"approved":true,"reason":"x"}"#
        #expect(try two.post("/v1/cases/1/log", yes)["by_oneself"].flag == true)
        let promise = try one.post(
            "/v1/cases/1/promises",
            #"{"what":"Typo","due_in":"P1D","customer_notified":{"channel":"phone","outcome":"attempted"}}"#)
        let voided = try two.post("/v1/promises/\(promise["id"].integer ?? 0)/void", #"{"reason":"Typo"}"#)
        #expect(voided["promise"]["state"].text == "void", "made by them, with another token of theirs")
        let entry = try one.get("/v1/cases/1/log?limit=500")["items"].items.last
        #expect(entry?["kind"].text == "promise_voided" && entry?["by_oneself"].flag != true)
    }
}

extension PersonalTokenTests {
    @Test(
        "can be for somebody whom nobody knows: that is said, they are known while it is valid, and can be named afterwards"
    )
    func unknownOwner() throws {
        try admin.post("/v1/owners", #"{"name":"Kim"}"#)
        let made = try admin.post("/v1/tokens", #"{"name":"laptop","role":"agent","owner":"Kimm"}"#)
        #expect(made.status == 201 && made["owner"].text == "Kimm", "\(made.response.text)")
        #expect(made["warnings"][0]["code"].text == "new_name")
        #expect(made["warnings"][0]["detail"].text == "Nobody is known as Kimm. Did you mean Kim?")
        func names(_ more: String = "") throws -> [String?] {
            try admin.get("/v1/owners\(more)")["items"].items.map { $0["name"].text }
        }
        let valid = desk.clock.tick().rfc3339
        #expect(try names() == ["Kim", "Kimm"])
        #expect(try admin.get("/v1/owners/kimm")["version"].integer == 0)
        #expect(try admin.get("/v1/cases?owner=kimm")["total"].integer == 0)
        let body = #"{\#(Self.complaint),"owner":"kimm"}"#
        let given = try admin.post("/v1/cases", body)
        #expect(given.status == 201 && given["warnings"] == .null, "\(given.response.text)")
        #expect(try names() == ["Kim", "kimm"], "as what is theirs has it")
        try admin.patch("/v1/cases/1", #"{"owner":"Kim"}"#)
        try admin.post("/v1/promises/1/reassign", #"{"owner":"Kim","reason":"x"}"#)
        #expect(try names() == ["Kim", "Kimm"])
        #expect(try admin.post("/v1/tokens/\(made["id"].integer ?? 0)/revoke", "{}").status == 200)
        #expect(try names() == ["Kim"] && admin.get("/v1/owners/kimm").status == 404)
        #expect(try names("?as_of=\(valid)") == ["Kim", "Kimm"])
        #expect(try admin.get("/v1/owners/KIMM?as_of=\(valid)")["name"].text == "Kimm")
        #expect(try admin.post("/v1/cases", body)["warnings"][0]["code"].text == "new_name")
        let lou = try admin.post("/v1/tokens", #"{"name":"desk","role":"agent","owner":"Lou"}"#)
        var hers = admin
        hers.standing = ["Authorization": "Bearer \(lou["token"].text ?? "")"]
        #expect(try hers.get("/v1/me")["owner"].text == "Lou")
        let opened = try hers.post("/v1/cases", "{\(Self.complaint)}")
        #expect(opened["owner"].text == "Lou" && opened["warnings"] == .null, "nobody mistypes who they are")
        let named = try admin.post("/v1/owners", #"{"name":"lou","team":"North"}"#)
        #expect(named.status == 201 && named["token_ids"].items.count == 1, "\(named.response.text)")
        #expect(named["version"].integer == 1 && named["team"].text == "North")
        #expect(try admin.post("/v1/owners", #"{"name":"LOU"}"#).code == "duplicate_owner")
        #expect(try desk.store.makeReader().verify().findings == [])
    }
}
