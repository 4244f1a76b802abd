import Complaints
import Foundation
import HTTPServer
import HTTPTypes
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Header fields of the protocol are bytes")
struct FieldBytesTests {
    private let desk: TestDesk
    private let admin: String

    init() throws {
        desk = try TestDesk()
        admin = try desk.token(.admin, name: "admin").field
    }

    private func status(_ method: String, _ target: String, _ lines: [String], body: String? = nil) throws -> Int {
        var all = ["Connection: close"] + lines
        if !lines.contains(where: { $0.hasPrefix("Host") }) { all.append("Host: localhost") }
        if !lines.contains(where: { $0.hasPrefix("Authorization") }) { all.append("Authorization: \(admin)") }
        if let body { all.append("Content-Length: \(body.utf8.count)") }
        let head = "\(method) \(target) HTTP/1.1\r\n\(all.map { "\($0)\r\n" }.joined())\r\n"
        return TestResponse(try desk.client.exchange(Array((head + (body ?? "")).utf8))).status
    }

    /// Characters that Swift takes for others, sorts, or puts together.
    private static let marks = [
        "\u{301}\u{327}", String(repeating: "\u{301}", count: 1900) + String(repeating: "\u{327}", count: 1900), "é",
        "\u{212A}", "\u{1F468}\u{200D}\u{1F469}",
    ]

    @Test("and what is not ASCII in one is refused or passed over, each as it always is", arguments: marks)
    func nonASCII(marks: String) throws {
        let post = #"{"complaint":"x","customer":{"name":"Ann"}}"#
        let json = "Content-Type: application/json"
        #expect(try status("GET", "/healthz", (1...4).map { _ in "Accept-Encoding: \(marks)" }) == 200)
        #expect(try status("GET", "/healthz", ["Accept: \(marks)"]) == 200)
        #expect(try status("GET", "/v1/cases", ["Accept: text/\(marks)"]) == 406)
        #expect(try status("GET", "/v1/cases", ["Accept: \(marks), application/json"]) == 200)
        #expect(try status("GET", "/v1/cases", ["Authorization: Bearer \(marks)"]) == 401)
        #expect(try status("GET", "/v1/cases", ["Authorization: \(marks) ck_a"]) == 401)
        #expect(try status("GET", "/v1/cases", ["Host: \(marks)"]) == 400)
        #expect(try status("GET", "/v1/cases", ["Origin: http://\(marks)"]) == 403)
        #expect(try status("GET", "/v1/cases", ["Sec-Fetch-Site: \(marks)"]) == 200)
        #expect(try status("GET", "/v1/cases", ["Connection: \(marks)"]) == 200)
        #expect(try status("GET", "/v1/cases", ["X-Forwarded-For: \(marks)"]) == 200)
        #expect(try status("GET", "/v1/cases", ["Expect: \(marks)"]) == 417)
        #expect(try status("POST", "/v1/cases", ["Transfer-Encoding: \(marks)"]) == 400)
        #expect(try status("GET", "/v1/policies/high", ["If-None-Match: \"\(marks)\""]) == 200)
        #expect(try status("GET", "/v1/policies/high", ["If-Match: \"\(marks)\""]) == 412)
        #expect(try status("GET", "/v1/policies/high", ["If-Match: \(marks)"]) == 400)
        #expect(try status("POST", "/v1/cases", ["Content-Type: \(marks)"], body: post) == 415)
        #expect(try status("POST", "/v1/cases", ["Content-Type: application/json;charset=\(marks)"], body: post) == 415)
        #expect(try status("POST", "/v1/cases", [json, "Content-Encoding: \(marks)"], body: post) == 415)
        #expect(try status("POST", "/v1/cases", [json, "Idempotency-Key: \(marks)"], body: post) == 400)
    }

    @Test("a body in a coding is refused, with what would be taken")
    func contentEncoding() throws {
        for (coding, status) in [
            ("gzip", 415), ("identity", 201), ("Identity, identity", 201), (",", 201), ("identity, br", 415),
            ("*", 415),
        ] {
            let answer = try desk.client.post(
                "/v1/cases", #"{"complaint":"x","customer":{"name":"Ann"}}"#,
                fields: ["Authorization": admin, "Content-Encoding": coding])
            #expect(answer.status == status, "\(coding)")
            if status == 415 { #expect(answer.fields["accept-encoding"] == "identity") }
        }
    }

    @Test("a 406 says by what fields it was chosen")
    func vary() throws {
        for (fields, vary) in [
            (["Accept": "image/png"], "Accept-Encoding, Accept"),
            (["Accept-Encoding": "identity;q=0, *;q=0"], "Accept-Encoding"),
        ] {
            for target in ["/v1/cases", "/v1/policies/high"] {
                let answer = try desk.client.get(target, fields: fields.merging(["Authorization": admin]) { $1 })
                #expect(answer.status == 406)
                #expect(answer.fields["vary"] == vary, "\(target)")
            }
        }
    }

    @Test("what nothing has is 405 with what there is, and what nobody knows is 501")
    func methods() throws {
        for (method, target, status, allow) in [
            ("TRACE", "/v1/cases", 405, "GET, HEAD, OPTIONS, POST"),
            ("QUERY", "/v1/cases", 405, "GET, HEAD, OPTIONS, POST"),
            ("TRACE", "/v1/nothing", 405, "GET, HEAD, OPTIONS, PATCH, POST"), ("CONNECT", "localhost:443", 405, "GET"),
            ("PROPFIND", "/v1/cases", 501, nil), ("QUERY", "/v1/nothing", 404, nil),
        ] as [(String, String, Int, String?)] {
            let request = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            let answer = TestResponse(try desk.client.exchange(Array(request.utf8)))
            #expect(answer.status == status, "\(method) \(target)")
            if let allow { #expect(answer.fields["allow"]?.contains(allow) == true) }
            #expect((answer.fields["allow"] == nil) == (allow == nil))
        }
    }

    @Test("HEAD has no content, and no length that GET's answer would not have, at every route and whatever refuses it")
    func head() throws {
        let targets =
            RouteMap.patterns.map { $0.replacing(try! Regex("\\{[a-z]+\\}"), with: "1") } + [
                "/v1/nothing", "/v1/cases?a",
            ]
        for target in Set(targets) {
            for fields in [["Authorization": admin], [:], ["Authorization": admin, "Accept": "image/png"]] {
                let head = try desk.client.send("HEAD", target, fields: fields)
                #expect(head.body.isEmpty)
                if let length = head.fields["content-length"], target != "/metrics" {
                    let get = try desk.client.send("GET", target, fields: fields)
                    #expect(get.fields["content-length"] == length, "\(target)")
                }
            }
        }
    }
}
