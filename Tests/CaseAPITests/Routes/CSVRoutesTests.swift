import CaseStore
import Complaints
import Foundation
import Testing

@testable import CaseAPI

@Suite("CSV over HTTP")
struct CSVRoutesTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
    }

    @Test("every list and report is there as CSV, by Accept or by format")
    func lists() throws {
        try desk.openCase(#"{"complaint":"=1+1, \"quoted\"\nand more","customer":{"name":"Ann","phone":"+49 30"}}"#)
        var rows = 0
        for table in ReadTarget.tables {
            let json = try desk.client.get(table.path)
            // A report has its total too.
            let count = table.isReport ? json["groups"].items.count + 1 : json["items"].items.count
            rows += count
            let byAccept = try desk.client.send("GET", table.path, fields: ["Accept": "text/csv"])
            let byFormat = try desk.client.send("GET", table.path + "?format=csv", fields: ["Accept": "image/png"])
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
