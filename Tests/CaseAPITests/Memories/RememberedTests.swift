import Complaints
import Foundation
import HTTPServer
import Testing

@testable import CaseAPI

@Suite("What is remembered is kept under all that it depends on")
struct RememberedTests {
    private let desk: TestDesk
    private let admin: String

    init() throws {
        desk = try TestDesk()
        admin = try desk.token(.admin, name: "admin").field
    }

    /// Asks three times: the third answer comes from what was kept of the second.
    private func asked(_ target: String, _ fields: [String: String] = [:]) throws -> TestResponse {
        var answer: TestResponse?
        for _ in 1...3 {
            answer = try desk.client.send("GET", target, fields: ["Authorization": admin].merging(fields) { $1 })
        }
        return try #require(answer)
    }

    @Test("a token is looked at again with each request, also on a connection that it came by")
    func tokens() throws {
        let (id, token) = try desk.token(.agent, name: "Ann")
        let connection = try KeptConnection(port: desk.client.port)
        for _ in 1...3 { #expect(try connection.get("/v1/cases", authorization: token).status == 200) }
        let revoked = try desk.client.post("/v1/tokens/\(id)/revoke", "{}", fields: ["Authorization": admin])
        #expect(revoked.status == 200)
        #expect(try connection.get("/v1/cases", authorization: token).status == 401)
    }

    @Test("a read is kept for no role but those that may have it")
    func roles() throws {
        let reader = try desk.token(.reader, name: "reader").field
        #expect(try asked("/v1/tokens").status == 200)
        #expect(try asked("/v1/tokens", ["Authorization": reader]).status == 403)
        #expect(try asked("/v1/tokens", ["Authorization": "Bearer ck_nobody"]).status == 401)
    }

    @Test("a read is kept for its form, its coding, its layout and its whole query")
    func forms() throws {
        try desk.openCases(30)
        let asOf = desk.clock.now.rfc3339
        let json = try asked("/v1/cases")
        #expect(json.fields["content-type"] == "application/json")
        #expect(try asked("/v1/cases", ["Accept": "text/csv"]).fields["content-type"]?.hasPrefix("text/csv") == true)
        #expect(try asked("/v1/cases?format=csv").fields["content-type"]?.hasPrefix("text/csv") == true)
        #expect(try asked("/v1/cases", ["Accept-Encoding": "gzip"]).fields["content-encoding"] == "gzip")
        #expect(try asked("/v1/cases?pretty=true").body.count > json.body.count)
        #expect(try JSONAnswer(asked("/v1/cases?limit=2"))["items"].items.count == 2)
        #expect(try asked("/v1/cases?as_of=\(asOf)").fields["casekeeper-as-of"] == asOf)
        // But for the instant that each is of.
        let asOfEach = /"as_of":"[^"]*"/
        #expect(try asked("/v1/cases").text.replacing(asOfEach, with: "") == json.text.replacing(asOfEach, with: ""))
    }

    @Test("a read is kept until something changes, whatever that is")
    func changes() throws {
        func owned(_ name: String) throws -> Int64? {
            try JSONAnswer(asked("/v1/cases?owner=\(name)"))["total"].integer
        }
        for (number, name) in ["Kim", "kim", "KIM"].enumerated() {
            let body = #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"\#(name)"}"#
            try desk.client.post("/v1/cases", body, fields: ["Authorization": admin])
            #expect(try owned("kim") == Int64(number + 1), "a spelling more of one name")
            #expect(try JSONAnswer(asked("/v1/cases/\(number + 1)"))["owner"].text == name)
        }
        try desk.client.patch(
            "/v1/cases/1", #"{"owner":"Lee"}"#, fields: ["Authorization": admin])
        #expect(try owned("kim") == 2)
        #expect(try owned("LEE") == 1)
        let tag = try #require(asked("/v1/policies/high").fields["etag"])
        try desk.client.patch(
            "/v1/policies/high", #"{"acknowledge_in":"PT3H"}"#, fields: ["Authorization": admin])
        #expect(try asked("/v1/policies/high").fields["etag"] != tag)
    }

    @Test("a policy that is edited holds for what comes behind it in the same batch")
    func policies() throws {
        func request(_ method: String, _ target: String, _ body: String) -> String {
            "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nAuthorization: \(admin)\r\n"
                + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
        }
        let make = #"{"complaint":"It leaks.","customer":{"name":"Ann"},"severity":"high"}"#
        var bytes = ""
        for hours in 1...5 {
            let edit = #"{"acknowledge_in":"PT\#(hours)H"}"#
            bytes += request("POST", "/v1/cases", make) + "\r\n" + make
            bytes += request("PATCH", "/v1/policies/high", edit) + "\r\n" + edit
        }
        bytes += request("POST", "/v1/cases", make) + "Connection: close\r\n\r\n" + make
        _ = try desk.client.exchange(Array(bytes.utf8))
        for number in 2...6 {
            let promise = try JSONAnswer(asked("/v1/cases/\(number)"))["promises"][0]
            let made = try Instant(rfc3339: #require(promise["made_at"].text))
            let due = try Instant(rfc3339: #require(promise["due_at"].text))
            #expect(due.milliseconds - made.milliseconds == Int64(number - 1) * 3_600_000, "case \(number)")
        }
    }
}
