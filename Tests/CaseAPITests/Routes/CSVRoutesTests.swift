import CaseStore
import Complaints
import Foundation
import HTTPTypes
import Testing

@testable import CaseAPI

@Suite("CSV over HTTP")
struct CSVRoutesTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        try desk.keepWebhook()
    }

    @Test("every list and report is there as CSV, by Accept or by format")
    func lists() throws {
        try desk.openCase(#"{"complaint":"=1+1, \"quoted\"\nand more","customer":{"name":"Ann","phone":"+49 30"}}"#)
        var rows = 0
        for table in ReadTarget.tables {
            let json = try desk.client.get(table.with(""))
            // A report has its total too, and one records of the parts of each group.
            let groups = json["groups"].items + (table.isReport ? [json["total"]] : [])
            let count = groups.reduce(json["items"].items.count) {
                $0 + 1 + $1["stages"].items.count + $1["clocks"].items.count
            }
            rows += count
            let byAccept = try desk.client.send("GET", table.with(""), fields: ["Accept": "text/csv"])
            let byFormat = try desk.client.send("GET", table.with("format=csv"), fields: ["Accept": "image/png"])
            for answer in [byAccept, byFormat] {
                #expect(answer.status == 200, "\(table)")
                #expect(answer.fields["content-type"]?.hasPrefix("text/csv") == true)
                #expect(answer.fields["casekeeper-as-of"]?.hasPrefix("2026-03-01T09:00:0") == true)
                #expect(answer.text.components(separatedBy: "\r\n").count == count + 2, "\(table)")
                let names = answer.text.prefix { $0 != "\r\n" }.split(separator: ",")
                #expect(names.allSatisfy { $0.wholeMatch(of: /[a-z0-9_.]+/) != nil }, "\(table): \(names)")
            }
        }
        #expect(rows > 10)
        let text = try desk.client.send("GET", "/v1/cases?format=csv").text
        #expect(text.contains("\"'=1+1, \"\"quoted\"\"\nand more\""))
        #expect(text.contains(",'+49 30,"))
        let json = try desk.client.get("/v1/cases?format=json", fields: ["Accept": "text/csv"])
        #expect(json["total"].integer == 1)
    }

    @Test("every list and report is there for a spreadsheet program, with local dates and a name; not without CSV")
    func spreadsheet() throws {
        try desk.openCase(#"{"complaint":"=1+1","customer":{"name":"Ann","phone":"+49 30 12345"}}"#)
        for table in ReadTarget.tables {
            let sheet = "for=spreadsheet&tz=asia/tokyo"
            let byFormat = try desk.client.send("GET", table.with("format=csv&\(sheet)"))
            let byAccept = try desk.client.send("GET", table.with(sheet), fields: ["Accept": "text/csv"])
            for answer in [byFormat, byAccept] {
                #expect(answer.status == 200 && answer.body.starts(with: [0xEF, 0xBB, 0xBF]), "\(table)")
                #expect(answer.text.firstMatch(of: /[,\n][0-9]{4}-[0-9]{2}-[0-9]{2}T/) == nil, "\(table)")
                let name = table.path.dropFirst("/v1/".count).replacing("/", with: "-")
                #expect(
                    answer.fields["content-disposition"] == "attachment; filename=\"\(name)-2026-03-01.csv\"",
                    "\(table)")
            }
            let plain = try desk.client.send("GET", table.with("format=csv"))
            #expect(plain.fields["content-disposition"]?.hasSuffix("2026-03-01.csv\"") == true)
            #expect(!plain.body.starts(with: [0xEF]))
            let json = try desk.client.get(table.with(sheet))
            #expect(json.status == 400 && json.errors == ["for invalid_parameter"])
            #expect(json.fields["content-disposition"] == nil)
            let alone = try desk.client.get(table.with("format=csv&separator=comma&for=excel"))
            #expect(alone.errors == ["for invalid_value", "separator invalid_parameter"], "\(table)")
            let operation = APIOperation.all.first { $0.pattern == table.path && $0.method == .get }
            let hasPeriods = operation?.query.parameters.contains { $0.name == "tz" && $0.example != .null } == true
            let zone = try desk.client.get(table.with("tz=UTC&format=csv"))
            #expect(hasPeriods ? zone.status == 200 : zone.errors == ["tz invalid_parameter"], "\(table)")
        }
        let text = try desk.client.send("GET", "/v1/cases?format=csv&for=spreadsheet&tz=Asia/Tokyo").text
        #expect(
            text.contains(",\"'=1+1\",") && text.contains(",\"+49 30 12345\",") && text.contains(",2026-03-01 18:00:0"))
        let page = try desk.client.send("GET", "/v1/cases?format=csv&for=spreadsheet&separator=semicolon&limit=1")
        #expect(page.text.hasPrefix("\u{FEFF}id;external_id;"))
        let days = try desk.client.send(
            "GET", "/v1/reports/promises?group_by=day&format=csv&for=spreadsheet&from=2026-01-01T00:00:00Z")
        #expect(days.text.contains("\n2026-03-"), "a day is a date")
        let months = try desk.client.send("GET", "/v1/reports/promises?group_by=month&format=csv&for=spreadsheet")
        #expect(months.text.contains("\n\"\t2026-03\","), "a month is none")
    }

    @Test("a whole list is streamed as of one instant, however long")
    func streamed() throws {
        try desk.openCases(1203)
        let answer = try desk.client.send("GET", "/v1/cases?format=csv&sort=opened_at")
        #expect(answer.fields["transfer-encoding"] == "chunked")
        let lines = answer.text.components(separatedBy: "\r\n").dropFirst().dropLast()
        #expect(lines.compactMap { $0.split(separator: ",").first.flatMap { Int($0) } } == Array(1...1203))
        let pastCap = try desk.client.send("GET", "/v1/promises?format=csv")
        #expect(pastCap.text.components(separatedBy: "\r\n").count == 1205)
    }

    @Test("a limit makes it a page, with a link to the next")
    func paged() throws {
        try desk.openCases(3)
        let page = try desk.client.send("GET", "/v1/cases?format=csv&limit=2&sort=opened_at")
        #expect(page.text.components(separatedBy: "\r\n").count == 4)
        let link = try #require(page.fields["link"])
        let rest = try desk.client.send("GET", String(link.dropFirst().prefix { $0 != ">" }))
        #expect(rest.text.components(separatedBy: "\r\n")[1].hasPrefix("3,"))
        #expect(rest.fields["link"] == nil)
    }

    @Test("an export that is refused says why, as JSON")
    func refused() throws {
        let answer = try desk.client.get("/v1/cases?format=csv&owner=Nobody&stat=x")
        #expect(answer.status == 400)
        #expect(answer.errors == ["stat unknown_parameter", "owner unknown_value"])
        let future = try desk.client.get("/v1/cases?format=csv&as_of=2999-01-01T00:00:00Z")
        #expect(future.errors == ["as_of in_the_future"])
    }
}
