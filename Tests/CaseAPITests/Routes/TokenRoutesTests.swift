import CaseStore
import Complaints
import Foundation
import Testing

@testable import CaseAPI

@Suite("/v1/tokens")
struct TokenRoutesTests {
    private let desk: TestDesk
    private let admin: (id: Int64, field: String)

    init() throws {
        desk = try TestDesk()
        admin = try desk.token(.admin, name: "root")
    }

    private func post(
        _ target: String, _ body: String? = nil, as field: String? = nil, fields: [String: String] = [:]
    ) throws -> JSONAnswer {
        try desk.client.post(target, body, fields: fields.merging(["Authorization": field ?? admin.field]) { $1 })
    }

    private func get(_ target: String, fields: [String: String] = [:]) throws -> JSONAnswer {
        try desk.client.get(target, fields: fields.merging(["Authorization": admin.field]) { $1 })
    }

    /// Whether the service lets a token in.
    private func isLetIn(_ secret: String) throws -> Bool {
        try desk.client.get("/v1/cases", fields: ["Authorization": "Bearer \(secret)"]).status == 200
    }

    @Test("a token is made, its secret shown in that answer alone, and works")
    func create() throws {
        let made = try post(
            "/v1/tokens", #"{"name":" Ann Lee ","role":"agent","expires_in":"P90D"}"#,
            fields: ["Casekeeper-Actor": "Mia"])
        #expect(made.status == 201)
        #expect(made.fields["location"] == "/v1/tokens/2")
        #expect(
            made.json.names == [
                "id", "name", "role", "owner", "shared", "created_at", "created_by", "expires_at", "last_used_at",
                "revoked_at", "revoked_by", "sessions", "token",
            ])
        #expect(made["name"].text == "Ann Lee")
        #expect(made["role"].text == "agent")
        #expect(made["created_by"].text == "Mia")
        let createdAt = try Instant(rfc3339: try #require(made["created_at"].text))
        #expect(try Instant(rfc3339: try #require(made["expires_at"].text)) == createdAt + .days(90))
        let secret = try #require(made["token"].text)
        #expect(TokenSecret(secret) != nil)
        #expect(try isLetIn(secret))
        #expect(try desk.client.get("/v1/tokens", fields: ["Authorization": "Bearer \(secret)"]).code == "forbidden")

        let hash = try #require(TokenSecret(secret)).text.dropFirst(3)
        for answer in [try get("/v1/tokens"), try get("/v1/tokens/2"), try get("/v1/tokens?format=csv")] {
            #expect(answer.status == 200)
            #expect(!answer.response.text.contains(hash))
            #expect(answer.response.text.contains("Ann Lee"))
        }
        #expect(try get("/v1/tokens/2").json.names == made.json.names.dropLast())
        for ending in ["", "-wal"] {
            let bytes = try Data(contentsOf: URL(filePath: desk.store.path + ending))
            #expect(bytes.range(of: Data(hash.utf8)) == nil)
        }
    }

    @Test(
        "what is wrong with one is said at once, and nothing made",
        arguments: [
            ("{}", ["#/name required", "#/role required"]),
            (#"{"name":" ","role":"king"}"#, ["#/name too_short", "#/role invalid_value"]),
            (#"{"name":"Policy","role":"agent"}"#, ["#/name invalid_value"]),
            (#"{"name":"a\u0007","role":"agent"}"#, ["#/name invalid_value"]),
            (#"{"name":"a","role":"agent","expires_in":"PT0S"}"#, ["#/expires_in out_of_range"]),
            (#"{"name":"a","role":"agent","expires_in":"P36501D"}"#, ["#/expires_in out_of_range"]),
            (#"{"name":"a","role":"agent","expires_in":"P99999999D"}"#, ["#/expires_in out_of_range"]),
            (#"{"name":"a","role":"agent","expires_at":"2020-01-01T00:00:00Z"}"#, ["#/expires_at in_the_past"]),
            (#"{"name":"a","role":"agent","expires_at":"9999-01-01T00:00:00Z"}"#, ["#/expires_at out_of_range"]),
            (#"{"name":"a","role":"agent","expires_at":"2030-01-01T00:00:00"}"#, ["#/expires_at missing_offset"]),
            (
                #"{"name":"a","role":"agent","expires_at":"2030-01-01T00:00:00Z","expires_in":"P1D"}"#,
                ["#/expires_in conflicting_fields"]
            ),
            (
                #"{"name":"a","role":"agent","token":"ck_x","last_used_at":null,"rolle":1}"#,
                ["#/token read_only_field", "#/last_used_at read_only_field", "#/rolle unknown_field"]
            ),
        ])
    func invalid(body: String, errors: [String]) throws {
        let answer = try post("/v1/tokens", body)
        #expect(answer.status == 422)
        #expect(answer.errors == errors)
        #expect(try get("/v1/tokens")["total"].integer == 1)
    }

    @Test("they are a list like others: in pages, oldest first, and only for admins")
    func list() throws {
        for index in 2...5 { _ = try post("/v1/tokens", #"{"name":"t\#(index)","role":"reader"}"#) }
        let first = try get("/v1/tokens?limit=2")
        #expect(first.json.names == ["as_of", "items", "total", "next"])
        #expect(first["total"].integer == 5)
        #expect(first["items"].items.map { $0["id"].integer } == [1, 2])
        let cursor = try #require(first["next"].text)
        #expect(first.fields["link"] == "</v1/tokens?limit=2&cursor=\(cursor)>; rel=\"next\"")
        let second = try get("/v1/tokens?limit=2&cursor=\(cursor)")
        #expect(second["items"].items.map { $0["id"].integer } == [3, 4])
        let third = try get("/v1/tokens?limit=2&cursor=\(try #require(second["next"].text))")
        #expect(third["items"].items.map { $0["name"].text } == ["t5"])
        #expect(third["next"] == .null)
        #expect(try get("/v1/tokens?role=admin").code == "unknown_parameter")
        #expect(try get("/v1/tokens?as_of=2026-01-01T00:00:00Z").code == "unknown_parameter")
        #expect(try get("/v1/tokens/6").code == "not_found")
        #expect(try get("/v1/tokens/x").code == "not_found")
        let head = "id,name,role,owner,shared,created_at,created_by,expires_at,last_used_at,revoked_at,revoked_by\r\n"
        #expect(try get("/v1/tokens?format=csv").response.text.hasPrefix(head))
    }

    @Test("a retry makes no second token, and is told that the secret has gone")
    func retry() throws {
        let body = #"{"name":"Ann","role":"agent"}"#
        let key = ["Idempotency-Key": "k"]
        let first = try post("/v1/tokens", body, fields: key)
        let secret = try #require(first["token"].text)
        let second = try post("/v1/tokens", body, fields: key)
        #expect(second.status == 201)
        #expect(second.fields["idempotency-replayed"] == "true")
        #expect(second.fields["location"] == first.fields["location"])
        #expect(second["id"].integer == first["id"].integer)
        #expect(second["token"] == .null)
        #expect(second["notice"].text?.contains("kept nowhere") == true)
        #expect(try get("/v1/tokens")["total"].integer == 2)
        #expect(try post("/v1/tokens", #"{"name":"Bo","role":"agent"}"#, fields: key).code == "idempotency_key_reused")
        for ending in ["", "-wal"] {
            let bytes = try Data(contentsOf: URL(filePath: desk.store.path + ending))
            #expect(bytes.range(of: Data(secret.dropFirst(3).utf8)) == nil, "what is kept for retries has no secret")
        }
        #expect(try isLetIn(secret))
    }

    @Test("a revoked one is not let in from the next request on, on no connection and no loop")
    func revoke() throws {
        let made = try post("/v1/tokens", #"{"name":"Ann","role":"reader"}"#)
        let field = "Bearer \(try #require(made["token"].text))"
        // The desk has two loops, and gives each the connection that it has fewer of.
        let connections = try (0..<6).map { _ in try KeptConnection(port: desk.client.port) }
        for connection in connections { #expect(try connection.get("/v1/cases", authorization: field).status == 200) }
        let revoked = try post("/v1/tokens/2/revoke", fields: ["Casekeeper-Actor": "Mia"])
        #expect(revoked.status == 200)
        #expect(revoked["revoked_at"].text != nil)
        #expect(revoked["revoked_by"].text == "Mia")
        for connection in connections { #expect(try connection.get("/v1/cases", authorization: field).status == 401) }
        #expect(try desk.client.post("/v1/cases", "{}", fields: ["Authorization": field]).status == 401)
        let again = try post("/v1/tokens/2/revoke", fields: ["Casekeeper-Actor": "Bo"])
        #expect(again.status == 200)
        #expect(again.response.body == revoked.response.body, "revoked is revoked")
        #expect(try post("/v1/tokens/9/revoke").code == "not_found")
        #expect(try post("/v1/tokens/2/revoke", #"{"reason":"x"}"#).errors == ["#/reason unknown_field"])
    }

    @Test("the last valid one of an admin can't be revoked, and the first one must be an admin's")
    func lastAdmin() throws {
        let last = try post("/v1/tokens/1/revoke")
        #expect(last.status == 409)
        #expect(last.code == "admin_token_required")
        #expect(last["detail"].text?.contains("casekeeper token revoke 1") == true)
        // Those that are expired or revoked, or no admin's, are no way back in.
        _ = try desk.token(.manager)
        _ = try desk.token(.admin, expiresAt: desk.clock.now + .seconds(5))
        _ = try desk.store.write { [id = try desk.token(.admin).id] in try $0.revokeToken(id) }
        desk.clock.advance(by: .seconds(6))
        #expect(try post("/v1/tokens/1/revoke").code == "admin_token_required")
        #expect(try post("/v1/tokens/3/revoke").status == 200, "one that is no way in any more can go")
        let second = try #require(try post("/v1/tokens", #"{"name":"b","role":"admin"}"#)["token"].text)
        #expect(try post("/v1/tokens/1/revoke").status == 200)
        #expect(try post("/v1/tokens/1/revoke").status == 401)
        #expect(try post("/v1/tokens/5/revoke", as: "Bearer \(second)").code == "admin_token_required")
    }

    @Test("when one was last used is written down beside the requests, and at the end")
    func lastUsed() throws {
        let reader = try desk.token(.reader)
        #expect(try get("/v1/tokens/2")["last_used_at"] == .null)
        let before = desk.clock.now
        #expect(try desk.client.get("/v1/cases", fields: ["Authorization": reader.field]).status == 200)
        let after = desk.clock.now
        #expect(try desk.client.post("/v1/tokens", "{}", fields: ["Authorization": reader.field]).status == 403)
        #expect(try get("/v1/tokens/2")["last_used_at"] == .null, "a read writes nothing")
        let unused = try desk.token(.reader)
        #expect(try desk.client.get("/v1/cases", fields: ["Authorization": unused.field + "x"]).status == 401)
        desk.stop()
        let tokens = try desk.store.makeReader().read { try $0.tokens() }
        #expect(tokens[0].lastUsedAt != nil)
        let used = try #require(tokens[1].lastUsedAt)
        #expect(used > before)
        #expect(used > after, "the refused request was let in too")
        #expect(tokens[2].lastUsedAt == nil)
    }

    @Test("a session is ended with or without a body, whatever type it is said to be of")
    func emptyEnd() throws {
        let desk = try TestDesk()
        let id = try desk.token(.agent).id
        let admin = try desk.token(.admin)
        for (fields, status) in [
            ([:], 200), (["Content-Type": "application/json"], 200), (["Content-Type": "text/plain"], 415),
        ] {
            try desk.beginSession(ofToken: id)
            let open = try desk.store.makeReader().read { try $0.openSessions(ofToken: id) }
            let session = try #require(open.last).id
            let answer = try desk.client.send(
                "DELETE", "/v1/tokens/\(id)/sessions/\(session)",
                fields: fields.merging(["Authorization": admin.field]) { $1 })
            #expect(answer.status == status, "\(fields)")
        }
    }
}
