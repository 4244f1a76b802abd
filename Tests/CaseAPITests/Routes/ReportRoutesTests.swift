import Complaints
import Testing

@testable import CaseAPI

@Suite("Reports over HTTP")
struct ReportRoutesTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        for (owner, hours) in [("Mia", 1), ("mia", 2), ("Bo", 3)] {
            try desk.client.post(
                "/v1/cases",
                "{\"complaint\":\"x\",\"customer\":{\"name\":\"Ann\"},\"owner\":\"\(owner)\","
                    + "\"promise\":{\"kind\":\"callback\",\"what\":\"Call\",\"due_in\":\"PT\(hours)H\"}}",
                fields: ["Casekeeper-Actor": owner])
        }
        desk.clock.advance(by: .minutes(90))
        for id in 1...2 {
            try desk.client.post("/v1/promises/\(id)/keep", #"{"resolve":{"summary":"s","customer_accepted":true}}"#)
        }
    }

    static let columns = [
        "due", "kept", "kept_late", "broken", "renegotiated", "withdrawn", "ended", "void", "transferred",
        "overdue", "open", "backdated", "instant", "kept_without_evidence", "disputed", "reassigned_late", "untold",
        "kept_rate",
        "kept_at_original_due_rate", "renegotiation_rate", "late_seconds", "notice_seconds", "span_seconds",
    ]

    @Test("promises are counted by owner, names without regard to case")
    func byOwner() throws {
        let report = try desk.client.get(
            "/v1/reports/promises?from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z&group_by=owner")
        #expect(report.status == 200)
        #expect(
            report.json.names == ["as_of", "from", "to", "group_by", "tz", "denominator", "groups", "total"])
        #expect(report["denominator"].text == "kept - instant + kept_late + broken + overdue")
        #expect(report["groups"].items.map { $0["key"].text } == ["Bo", "Mia"])
        let mia = report["groups"][1]
        #expect(mia.names == ["key"] + Self.columns)
        #expect(mia["due"].integer == 2)
        #expect(mia["kept"].integer == 1)
        #expect(mia["kept_late"].integer == 1)
        #expect(mia["late_seconds"].names == ["median", "p90", "max"])
        #expect(report.response.text.contains("\"max\":1800.0"))
        #expect(report["total"].names == Self.columns)
        #expect(report["total"]["open"].integer == 1)
        #expect(report.response.text.contains("\"kept_rate\":0.5"))
        #expect(report["groups"][0]["kept_rate"] == .null)
    }

    @Test("how late something was is told to the millisecond: as JSON, as CSV and in the description")
    func lateness() throws {
        try desk.openCase(#"{"complaint":"x","customer":{"name":"y"},"promise":{"what":"Call","due_in":"PT1H"}}"#)
        let due = try #require(try desk.client.get("/v1/promises/4")["due_at"].text)
        let keptAt = (try Instant(rfc3339: due) + ElapsedTime(milliseconds: 218)).rfc3339
        desk.clock.advance(by: .hours(2))
        let kept = try desk.client.post(
            "/v1/promises/4/keep",
            #"{"kept_at":"\#(keptAt)","resolve":{"summary":"s","customer_accepted":true}}"#)
        #expect(kept.response.text.contains("\"late_seconds\":0.218,"))
        #expect(try desk.client.get("/v1/promises?case_id=4&format=csv").response.text.contains(",0.218,"))
        let report = try desk.client.get(
            "/v1/reports/promises?from=2026-03-01T11:15:00Z&to=2026-03-01T11:45:00Z&group_by=kind")
        #expect(report.response.text.contains(#""late_seconds":{"median":0.218,"p90":0.218,"max":0.218}"#))
        let columns = try desk.client.get("/v1/reports/promises?group_by=kind&format=csv").response.text
            .split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let place = try #require(columns[0].firstIndex(of: "late_seconds_max"))
        #expect(columns.first { $0[0] == "other" }?[place] == "0.218")
        let schemas = try desk.client.get("/openapi.json")["components"]["schemas"]
        #expect(schemas["CasePromise"]["properties"]["late_seconds"]["type"] == ["number", "null"])
    }

    @Test("the promise of an old letter has its span from the receipt, as it is counted from there")
    func oldLetter() throws {
        try desk.openCase(
            #"{"complaint":"x","customer":{"name":"y"},"severity":"high","received_at":"2026-02-01T00:00:00Z"}"#)
        let report = try desk.client.get("/v1/reports/promises?to=2026-03-01T00:00:00Z&group_by=kind")
        #expect(report["total"]["overdue"].integer == 1)
        #expect(report["total"]["span_seconds"]["median"].integer == 86400)
    }

    @Test("a void promise is in no column but its own, and a recovered one does not count as renegotiated")
    func counted() throws {
        try desk.openCase(#"{"complaint":"x","customer":{"name":"y"},"promise":{"what":"Call","due_in":"PT1H"}}"#)
        try desk.openCase(#"{"complaint":"x","customer":{"name":"y"},"promise":{"what":"Call","due_in":"PT1H"}}"#)
        let told = #""customer_notified":{"channel":"phone","outcome":"reached"}"#
        try desk.client.post(
            "/v1/promises/4/void",
            #"{"reason":"typo",\#(told),"next_promise":{"what":"Ring","due_in":"P2D","next_step":"wait"}}"#)
        desk.clock.advance(by: .hours(2))
        try desk.client.post(
            "/v1/promises/5/recover",
            #"""
            {"due_in":"P2D","reason":"ill","next_step":"call","customer_notified":{"channel":"phone","outcome":"reached"}}
            """#)
        let total = try desk.client.get(
            "/v1/reports/promises?from=2026-03-01T11:15:00Z&to=2026-03-01T11:45:00Z&group_by=kind")["total"]
        #expect(total["void"].integer == 1 && total["broken"].integer == 1 && total["due"].integer == 1)
        #expect(total["renegotiation_rate"].integer == 0)
    }

    @Test(
        "only what was due in the range counts",
        arguments: [("09:30", "11:00", 1), ("10:00", "13:00", 3), ("12:30", "13:00", 0)])
    func range(from: String, to: String, due: Int64) throws {
        let report = try desk.client.get(
            "/v1/reports/promises?from=2026-03-01T\(from):00Z&to=2026-03-01T\(to):00Z&group_by=kind")
        #expect(report["total"]["due"].integer == due)
        #expect(report["groups"].items.map { $0["key"].text } == (due == 0 ? [] : ["callback"]))
    }

    @Test(
        "every grouping has its keys",
        arguments: [
            ("day", ["2026-03-01"]), ("week", ["2026-W09"]), ("month", ["2026-03"]), ("severity", ["normal"]),
            ("channel", ["other"]), ("made_by", ["Bo", "Mia"]), ("kind", ["callback"]), ("team", [nil]),
            ("category", [nil]),
        ] as [(String, [String?])])
    func groupings(grouping: String, keys: [String?]) throws {
        let report = try desk.client.get("/v1/reports/promises?group_by=\(grouping)")
        #expect(report["groups"].items.map { $0["key"].text } == keys)
        #expect(report["from"] == .null)
    }

    @Test("days begin where the time zone says")
    func timeZone() throws {
        let report = try desk.client.get("/v1/reports/promises?group_by=day&tz=Pacific/Kiritimati")
        #expect(report["tz"].text == "Pacific/Kiritimati")
        #expect(report["groups"].items.map { $0["key"].text } == ["2026-03-02"])
    }
}
