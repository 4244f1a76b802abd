import Complaints
import Foundation
import HTTPServer
import HTTPTypes
import Testing

@testable import CaseAPI

@Suite("What the head of a request decides")
struct AdmissionTests {
    private let desk: TestDesk
    private let admin: String
    private let reader: String

    init() throws {
        desk = try TestDesk()
        admin = try desk.token(.admin, name: "admin").field
        reader = try desk.token(.reader, name: "reader").field
    }

    /// What is said to a head whose body never comes: all of it, up to the end or to a 100.
    private func said(
        _ method: String, _ target: String, _ fields: [String], on connection: Int32? = nil
    ) throws -> TestResponse {
        let descriptor = try connection ?? desk.client.connect()
        defer { if connection == nil { close(descriptor) } }
        let lines = (["Host: localhost:\(desk.client.port)"] + fields).map { "\($0)\r\n" }.joined()
        let head = Array("\(method) \(target) HTTP/1.1\r\n\(lines)\r\n".utf8)
        #expect(send(descriptor, head, head.count, Int32(MSG_NOSIGNAL)) == head.count)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.firstRange(of: Array("\r\n\r\n".utf8)) == nil {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return TestResponse(bytes)
    }

    private static let json = "Content-Type: application/json"

    @Test("whoever has no token that is valid is told so before a body is read, at every route that needs one")
    func unauthenticated() throws {
        let ways = [[], ["Authorization: Bearer ck_nobody"], ["Authorization: Basic YTpi"]]
        for (number, route) in RouteMap.table.routes.enumerated() where route.endpoint.role != nil {
            let target = route.examplePath
            let answer = try said(
                route.method.rawValue, target,
                ways[number % ways.count] + [Self.json, "Content-Length: 1048576", "Expect: 100-continue"])
            #expect(answer.status == 401, "\(route.method) \(target)")
            #expect(answer.fields["connection"] == "close")
            #expect(answer.fields["www-authenticate"] == "Bearer")
        }
    }

    @Test(
        "whatever is wrong without the body is said without it",
        arguments: [
            ("POST", "/v1/nothing", [json], 404), ("POST", "/v1/log/head", [json], 405),
            ("POST", "/healthz", [json], 405), ("POST", "/v1/cases", ["Content-Type: text/plain"], 415),
            ("POST", "/v1/cases", [], 415), ("PATCH", "/v1/cases/1", ["Content-Type: text/csv"], 415),
            ("POST", "/v1/cases", [json, "Content-Encoding: gzip"], 415),
            ("POST", "/v1/cases", [json, "Origin: http://elsewhere.example"], 403),
            ("POST", "/v1/cases", [json, "Accept: text/html"], 406),
            ("POST", "/v1/cases?a=%", [json], 400),
            ("PATCH", "/v1/cases/1", [json, "If-Match: 7"], 400),
        ])
    func refused(method: String, target: String, fields: [String], status: Int) throws {
        let whole = fields + ["Authorization: \(admin)", "Expect: 100-continue", "Content-Length: 100000"]
        let answer = try said(method, target, whole)
        #expect(answer.status == status)
        // The same as when the body is there.
        let lines = (["Host: localhost:\(desk.client.port)", "Connection: close", "Content-Length: 2"] + fields)
            .map { "\($0)\r\n" }.joined()
        let bytes = Array("\(method) \(target) HTTP/1.1\r\n\(lines)Authorization: \(admin)\r\n\r\n{}".utf8)
        #expect(TestResponse(try desk.client.exchange(bytes)).status == status)
    }

    @Test("a role that is not enough is said without the body")
    func forbidden() throws {
        let fields = [Self.json, "Authorization: \(reader)", "Content-Length: 100000"]
        #expect(try said("POST", "/v1/cases", fields).status == 403)
    }

    @Test("how long a body may be is the route's, however its path is written")
    func limits() throws {
        func status(_ target: String, _ length: Int, _ field: String? = nil) throws -> Int {
            try said(
                "POST", target,
                [Self.json, "Authorization: \(field ?? admin)", "Content-Length: \(length)", "Expect: 100-continue"]
            ).status
        }
        for path in ["/v1/cases/bulk", "/v1/cases/%62ulk", "/v1/%63ases/bul%6b", "/v1/cases/bulk?"] {
            #expect(try status(path, 8 << 20) == 100, "\(path)")
            #expect(try status(path, 8 << 20 + 1) == 413, "\(path)")
            #expect(try status(path, 8 << 20, reader) == 403, "\(path)")
        }
        for path in ["/v1/cases", "/v1/cases?bulk", "/v1/cases/1/log"] {
            #expect(try status(path, 1 << 20) == 100, "\(path)")
            #expect(try status(path, 1 << 20 + 1) == 413, "\(path)")
        }
        #expect(try status("/v1/cases/bulk/", 1 << 20 + 1) == 404)
    }

    @Test("a header section that came with one route means nothing for another")
    func sectionsAreNoLimits() throws {
        let body = [UInt8](repeating: UInt8(ascii: " "), count: 5 << 20) + Array("[]".utf8)
        let fields = ["Authorization": admin]
        for _ in 1...3 {
            #expect(try desk.client.send("POST", "/v1/cases/bulk", fields: fields, body: body).status == 422)
            #expect(try desk.client.send("POST", "/v1/cases", fields: fields, body: body).status == 413)
        }
    }

    @Test("who is let in is counted once against the limits, and who is not as well")
    func countsOnce() throws {
        var access = AccessRules()
        access.monotonicClock = { 0 }
        access.tokenLimit = RateLimit(3, perSeconds: 3600, burst: 3)
        let desk = try TestDesk(access: access)
        let token = try desk.token(.agent).field
        let body = Array(#"{"complaint":"It leaks.","customer":{"name":"Ann"}}"#.utf8)
        let head =
            "POST /v1/cases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
            + "Authorization: \(token)\r\nTransfer-Encoding: chunked\r\n\r\n\(String(body.count, radix: 16))\r\n"
        let request = Array(head.utf8) + body + Array("\r\n0\r\n\r\n".utf8)
        let statuses = try (1...4).map { _ in TestResponse(try desk.client.exchange(request)).status }
        #expect(statuses == [201, 201, 201, 429])
    }
}
