import TestSupport
import Testing

@testable import CaseAPI

@Suite("What only looks the same is something else, over HTTP")
struct LookalikeTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        try desk.openCase()
    }

    @Test("a currency with a KELVIN SIGN is none, and no report has heard of it")
    func currency() throws {
        let concession = { (code: String) in
            try desk.client.post(
                "/v1/cases/1/log", "{\"kind\":\"concession\",\"what\":\"x\",\"amount\":100,\"currency\":\"\(code)\"}")
        }
        #expect(try concession("HKD").status == 201)
        for code in ["H\u{212A}D", "h\u{212A}d", "hkd", "HKD\u{200D}", "ＨＫＤ"] {
            let answer = try concession(code)
            #expect(answer.status == 422)
            #expect(answer.errors == ["#/currency invalid_value"])
        }
        let report = try desk.client.get("/v1/reports/concessions")
        #expect(report["total"]["amounts"].items.isEmpty || !report.response.text.contains("\u{212A}"))
    }

    @Test("two spellings of é are two names, and neither is called a duplicate")
    func names() throws {
        let answer = try desk.client.post(
            "/v1/cases", "{\"complaint\":\"x\",\"customer\":{\"name\":\"y\"},\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(answer.status == 422)
        let pointers = answer["errors"].items.compactMap { $0["pointer"].text.map { Array($0.utf8) } }
        #expect(pointers == [Array("#/\u{E9}".utf8), Array("#/e\u{301}".utf8)])
        let twice = try desk.client.post("/v1/cases", "{\"e\u{301}\":1,\"e\\u0301\":2}")
        #expect(twice.code == "malformed_json")
    }

    @Test("two spellings of é in a query are two parameters")
    func parameters() throws {
        let answer = try desk.client.get("/v1/cases?%C3%A9=1&e%CC%81=2")
        #expect(answer["errors"].items.count == 2)
    }

    @Test("a path segment is its bytes", arguments: ["/v1/policies/norma\u{FF4C}", "/problems/stale\u{200D}"])
    func paths(path: String) throws {
        let encoded = path.split(separator: "/").map { String($0).percentEncoded }.joined(separator: "/")
        #expect(try desk.client.get("/" + encoded).status == 404)
    }

    @Test("a time zone is of the IANA database, told in its spelling, and no abbreviation")
    func zones() throws {
        for name in ["Asia/\u{212A}olkata", "BST", "AST", "NST", "SST", "ACT", "PST", "../UTC", "Europe"] {
            let answer = try desk.client.get("/v1/reports/promises?group_by=day&tz=\(name.percentEncoded)")
            #expect(answer.status == 400, "\(name)")
            #expect(answer.errors == ["tz invalid_parameter"])
        }
        let answer = try desk.client.get("/v1/reports/promises?group_by=day&tz=BST")
        #expect(answer["errors"][0]["detail"].text?.contains("Europe/London") == true)
        for (given, told) in [
            ("asia/calcutta", "Asia/Calcutta"), ("EUROPE/berlin", "Europe/Berlin"), ("utc", "UTC"),
            ("etc/utc", "Etc/UTC"), ("gmt", "GMT"), ("est", "EST"), ("est5edt", "EST5EDT"), ("cet", "CET"),
        ] {
            let answer = try desk.client.get("/v1/reports/promises?group_by=day&tz=\(given)")
            #expect(answer["tz"].text == told)
        }
    }

    @Test("the days of a zone under its link's name are its own")
    func days() throws {
        let report = try desk.client.get("/v1/reports/promises?group_by=day&tz=Pacific/Kiritimati")
        #expect(report["groups"][0]["key"].text == "2026-03-03")
        let link = try desk.client.get("/v1/reports/promises?group_by=day&tz=Pacific/Samoa")
        #expect(link["groups"][0]["key"].text == "2026-03-02")
    }
}
