import CaseStore
import Complaints
import Foundation
import HTTPServer
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Forms of an answer")
struct FormatTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
    }

    @Test("whoever asks for gzip gets the same in it, as JSON and as CSV, as a page and as a stream")
    func gzip() throws {
        try desk.openCases(600)
        try desk.nameKim()
        var authorized = desk.client
        authorized.standing["Authorization"] = try desk.token(.admin).field
        let client = authorized
        let asOf = desk.clock.now.rfc3339
        let dated = try ReadTarget.all.filter { try $0.takesAsOf(client) }
        let others = ReadTarget.all.filter { target in !dated.contains { $0.description == target.description } }
        for target in dated.map({ $0.with("as_of=\(asOf)") }) + others.map({ $0.with("") }) + [
            "/v1/log/head?pretty=true", "/v1/cases?limit=500&format=csv&as_of=\(asOf)",
            "/v1/cases?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9",
        ] {
            let plain = try client.send("GET", target)
            let coded = try client.send("GET", target, fields: ["Accept-Encoding": "gzip"])
            #expect(plain.status == (target.contains("a=1") ? 400 : 200), "\(target)")
            #expect(plain.fields["content-encoding"] == nil)
            #expect(plain.fields["vary"]?.hasPrefix("Accept-Encoding") == true, "\(target)")
            #expect(coded.fields["vary"] == plain.fields["vary"])
            let isStream = plain.fields["transfer-encoding"] == "chunked"
            guard isStream || plain.body.count > 1024 else {
                #expect(coded.fields["content-encoding"] == nil, "\(target)")
                continue
            }
            #expect(coded.fields["content-encoding"] == "gzip", "\(target)")
            #expect(coded.body.count < plain.body.count / 2)
            let content = try gunzip(coded.body)
            // An error names its request, and what is of now its instant.
            if target.contains("as_of=") { #expect(content == plain.body) }
            #expect(coded.status == plain.status)
            #expect(coded.fields["content-type"] == plain.fields["content-type"])
        }
        let list = try client.send("GET", "/v1/cases")
        #expect(list.fields["vary"] == "Accept-Encoding, Accept")
    }

    @Test("the tag is the coding's own, and both hold a change to what was seen")
    func tags() throws {
        let complaint = String(repeating: "It leaks. ", count: 300)
        try desk.openCase(#"{"complaint":"\#(complaint)","customer":{"name":"Ann"}}"#)
        let gzip = ["Accept-Encoding": "gzip"]
        let plain = try #require(try desk.client.send("GET", "/v1/cases/1").fields["etag"])
        let coded = try #require(try desk.client.send("GET", "/v1/cases/1", fields: gzip).fields["etag"])
        #expect(coded == plain.dropLast() + "-gzip\"")
        func status(_ tag: String, _ fields: [String: String]) throws -> (Int, String?) {
            let answer = try desk.client.send(
                "GET", "/v1/cases/1", fields: fields.merging(["If-None-Match": tag]) { $1 })
            #expect(answer.status == 200 || answer.body.isEmpty)
            #expect(answer.fields["vary"] == "Accept-Encoding")
            return (answer.status, answer.fields["etag"])
        }
        #expect(try status(coded, gzip) == (304, coded))
        #expect(try status(plain, gzip) == (304, plain))
        #expect(try status(plain, [:]) == (304, plain))
        // It has what it says it can't read.
        #expect(try status(coded, [:]) == (200, plain))
        #expect(try status(plain, ["Accept-Encoding": "gzip, identity;q=0"]) == (200, coded))
        for (tag, subject) in [(coded, "a"), (plain, "b")] {
            let current = tag == coded ? coded : try #require(try desk.client.get("/v1/cases/1").fields["etag"])
            let edit = try desk.client.patch(
                "/v1/cases/1", #"{"subject":"\#(subject)"}"#, fields: gzip.merging(["If-Match": current]) { $1 })
            #expect(edit.response.status == 200)
            #expect(edit.response.fields["etag"]?.hasSuffix("-gzip\"") == true)
        }
        let stale = try desk.client.patch("/v1/cases/1", #"{"subject":"c"}"#, fields: ["If-Match": coded])
        #expect(stale.status == 412)
    }

    @Test("HEAD says what GET would", arguments: ["", "gzip", "gzip, identity;q=0"])
    func head(codings: String) throws {
        try desk.openCases(600)
        try desk.nameKim()
        let asOf = desk.clock.now.rfc3339
        for target in ["/v1/cases/1", "/v1/cases", "/v1/cases?limit=500", "/v1/cases?format=csv", "/v1/cases/9999"] {
            let target = target + (target.contains("?") ? "&" : "?") + "as_of=\(asOf)"
            let get = try desk.client.send("GET", target, fields: ["Accept-Encoding": codings])
            let head = try desk.client.send("HEAD", target, fields: ["Accept-Encoding": codings])
            #expect(head.body.isEmpty)
            #expect(head.status == get.status)
            // An error names its request, so no two are of one length.
            let own = ["date", "x-request-id", "transfer-encoding"] + (get.status == 200 ? [] : ["content-length"])
            for name in get.fields.keys where !own.contains(name) {
                #expect(head.fields[name] == get.fields[name], "\(target) \(name)")
            }
        }
    }

    @Test("who takes no coding that there is, is told so, as is who sends one")
    func codings() throws {
        let answer = try desk.client.get("/v1/cases", fields: ["Accept-Encoding": "br, *;q=0"])
        #expect(answer.status == 406)
        #expect(answer.code == "not_acceptable")
        #expect(answer["detail"].text?.contains("gzip") == true)
        #expect(try desk.client.get("/healthz", fields: ["Accept-Encoding": "*;q=0"]).status == 200)
        let sent = try desk.client.send(
            "POST", "/v1/cases", fields: ["Content-Encoding": "gzip"], body: [0x1F, 0x8B, 8, 0])
        #expect(sent.status == 415)
        #expect(sent.fields["accept-encoding"] == "identity")
    }

    @Test(
        "Accept is weighed",
        arguments: [
            ("", "application/json"), ("*/*", "application/json"), ("text/csv", "text/csv"), ("text/*", "text/csv"),
            ("application/*;q=0.5, text/csv;q=0.4", "application/json"),
            ("text/csv, application/json", "application/json"),
            ("application/json;q=0.1, text/csv", "text/csv"), ("text/csv;q=0, */*", "application/json"),
            ("application/json;q=0, */*;q=0.1", "text/csv"), ("TEXT/CSV", "text/csv"), ("image/png", nil),
            ("application/json;q=0", nil), ("*/*;q=0", nil), ("text/html, image/*", nil), ("nonsense", nil),
        ] as [(String, String?)])
    func accept(accept: String, type: String?) throws {
        try desk.openCase()
        try desk.keepWebhook()
        for path in ReadTarget.tables.map({ $0.with("") }) {
            let answer = try desk.client.send("GET", path, fields: ["Accept": accept])
            #expect(answer.status == (type == nil ? 406 : 200))
            #expect(answer.fields["content-type"]?.hasPrefix(type ?? "application/problem+json") == true)
            if type == nil { #expect(answer.text.contains("accept application/json or text/csv")) }
        }
    }

    @Test("pretty=true lays out whatever is JSON: what is read, what is changed, and what is wrong anyway")
    func pretty() throws {
        let made = try desk.client.send(
            "POST", "/v1/cases?pretty=true", body: Array(#"{"complaint":"x","customer":{"name":"A"}}"#.utf8))
        #expect(made.status == 201)
        #expect(made.text.hasPrefix("{\n  \"id\": 1,\n"))
        try desk.nameKim()
        // All that is JSON, but for what there is none of without tokens.
        let read = ReadTarget.all.filter { $0.form.isEmpty }.map { $0.with("") }
            .filter { !$0.hasPrefix("/v1/tokens/") && $0 != "/metrics" }
        for path in Set(read + ReadTarget.open).sorted() {
            let mark = path.contains("?") ? "&" : "?"
            let plain = try desk.client.get(path)
            let laidOut = try desk.client.get("\(path)\(mark)pretty=true")
            #expect(laidOut.response.text.hasPrefix("{\n  \""), "\(path)")
            #expect(laidOut.response.text.hasSuffix("\n}\n"))
            #expect(laidOut.json.names == plain.json.names)
            #expect(try desk.client.get("\(path)\(mark)pretty=false").response.text.hasPrefix("{\""))
            #expect(laidOut.fields["content-length"] == String(laidOut.response.body.count))
        }
        #expect(try desk.client.send("GET", "/v1/cases?pretty=true&format=csv").text.hasPrefix("id,"))
        #expect(try desk.client.get("/v1/cases?pretty=yes").errors == ["pretty invalid_value"])
        let wrong = try desk.client.send("GET", "/v1/cases/77")
        #expect(wrong.text.hasPrefix("{\n  \"type\": \"/problems/not_found\",\n"))
        #expect(wrong.text.hasSuffix("\n}\n"))
        let refused = try desk.client.send("GET", "/v1/cases", fields: ["Host": ""])
        #expect(refused.text.hasPrefix("{\n"))
    }

    @Test("the next page is laid out as the first was, and a cursor does not care")
    func prettyPages() throws {
        try desk.openCases(3)
        let page = try desk.client.get("/v1/cases?limit=2&pretty=true")
        let link = try #require(page.fields["link"]).dropFirst().prefix { $0 != ">" }
        #expect(try desk.client.send("GET", String(link)).text.hasPrefix("{\n"))
        let cursor = try #require(page["next"].text)
        #expect(try desk.client.get("/v1/cases?cursor=\(cursor)")["items"].items.count == 1)
    }
}
