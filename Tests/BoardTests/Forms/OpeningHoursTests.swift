import Complaints
import Testing

@testable import Board

@Suite("Opening hours in forms")
struct OpeningHoursTests {
    private static let names: Set<String> = ["due_in_business", "due_on"]

    private static func asked(_ page: BrowsedPage) -> [String] {
        page.html.matches(of: #/ name="([^"]*)"/#).map { String($0.1) }.filter { name in
            names.contains(name.split(separator: "/").last.map(String.init) ?? "")
        }
    }

    @Test("no form asks for what is counted in them on a desk without a calendar, and each does once there is one")
    func forms() throws {
        let desk = try CasePageDesk()
        _ = try desk.api("POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim"}"#)
        let paths =
            [NewCasePage.path] + ActionForm.ofCases.map { "/board/cases/1?form=\($0.name)" }
            + ActionForm.ofPromises.map { "/board/cases/1?form=\($0.name)&promise=1" }
        for path in paths { #expect(Self.asked(try desk.get(path)) == [], "\(path)") }
        #expect(try desk.openOnWeekdays().status < 300)
        let asking = try paths.filter { !Self.asked(try desk.get($0)).isEmpty }
        #expect(asking.count > 5 && asking.contains(NewCasePage.path), "\(asking)")
    }

    @Test("what was typed all the same is answered with that there is no calendar")
    func refused() throws {
        let desk = try CasePageDesk()
        _ = try desk.api("POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim"}"#)
        let path = "/board/cases/1/promises"
        let form = try desk.get("/board/cases/1?form=promises").form(path)
        let page = try desk.post(path, form.merging(["what": "Call", "due_in_business": "2 days"]) { $1 })
        #expect(page.status == 422 && page.has("There is no calendar to count business time on."), "\(page.html)")
    }
}
