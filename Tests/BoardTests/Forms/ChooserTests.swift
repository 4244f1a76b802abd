import Complaints
import Foundation
import Testing

@testable import Board
@testable import CaseAPI

@Suite("Names that fields suggest")
struct ChooserTests {
    private func names(_ chooser: Chooser, on page: BrowsedPage) -> [String] {
        guard let start = page.html.range(of: "<datalist id=\"\(chooser.list)\">"),
            let end = page.html[start.upperBound...].range(of: "</datalist>")
        else { return [] }
        return page.html[start.upperBound..<end.lowerBound].matches(of: #/<option value="([^"]*)">/#)
            .map { String($0.1) }
    }

    private func open(_ desk: CasePageDesk, _ more: String) throws {
        let made = try desk.api("POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},\#(more)}"#)
        #expect(made.status == 201, "\(made.html)")
    }

    @Test("are those of owners, teams, categories and regimes on record, each once, wherever one of these is asked for")
    func known() throws {
        let desk = try CasePageDesk()
        try open(desk, #""owner":"Kim","team":"North","category":"Leaks""#)
        try open(desk, #""owner":"kim","team":"north","category":"<b>\"Noise\"</b>""#)
        _ = try desk.api("POST", "/v1/owners", #"{"name":"Lou","team":"South"}"#)
        _ = try desk.api("POST", "/v1/owners", #"{"name":"Gone"}"#)
        #expect(try desk.api("PATCH", "/v1/owners/Gone", #"{"active":false}"#).status == 200)
        let page = try desk.get("/board/cases/new")
        #expect(names(.owner, on: page) == ["Kim", "Lou"])
        // The one that was written last, of two that differ in case alone.
        #expect(names(.team, on: page) == ["north", "South"])
        #expect(names(.category, on: page) == ["&lt;b&gt;&quot;Noise&quot;&lt;/b&gt;", "Leaks"])
        #expect(names(.regime, on: page).contains("housing-ombudsman"))
        for (path, list) in [
            ("/board/cases/1?form=edit", Chooser.owner), ("/board/cases/1?form=edit", .team),
            ("/board/cases/1?form=edit", .category), ("/board/cases/1?form=reassign&promise=1", .owner),
            ("/board/cases/1?form=escalate", .owner), ("/board/owners/Kim", .owner),
        ] {
            let page = try desk.get(path)
            #expect(page.html.ranges(of: "<datalist id=\"\(list.list)\">").count == 1, "\(path)")
            #expect(page.has(" list=\"\(list.list)\""), "\(path)")
        }
        #expect(try !desk.get("/board/cases/1?form=note").has("<datalist"))
        // What changes is in it at once.
        _ = try desk.api("POST", "/v1/owners", #"{"name":"Mia"}"#)
        #expect(try names(.owner, on: desk.get("/board/cases/new")) == ["Kim", "Lou", "Mia"])
    }

    @Test("are never more than some hundred")
    func bounded() throws {
        let desk = try CasePageDesk()
        for number in 0..<(Chooser.most + 5) {
            let owner = #"{"name":"Owner \#(number)","team":"T\#(number)"}"#
            #expect(try desk.api("POST", "/v1/owners", owner).status == 201)
        }
        let page = try desk.get("/board/cases/new")
        #expect(names(.owner, on: page).count == Chooser.most && names(.team, on: page).count == Chooser.most)
    }

    @Test("stand by every field of one line that is somebody, a team, a category or a regime")
    func everywhere() {
        let bodies =
            ActionForm.all.map { (name: $0.name, body: $0.body, asked: $0.asked) }
            + [
                ("", NewCasePage.body, NewCaseGroup.allCases.flatMap(\.fields)),
                ("absence", OwnerForm.absence.body, OwnerForm.absence.asked),
                ("handover", OwnerForm.handover.body, OwnerForm.handover.asked),
            ]
        var found: Set<Chooser> = []
        for (name, body, asked) in bodies {
            for field in asked.compactMap({ body[$0] }) {
                let leaf = field.path.last ?? ""
                let isName = ["owner", "supervisor", "stand_in", "team", "category", "regime"].contains(leaf)
                let chooser = Chooser(field, in: name)
                #expect(!isName || chooser != nil, "\(name): \(field.name)")
                chooser.map { _ = found.insert($0) }
            }
        }
        #expect(found == Set(Chooser.allCases))
    }
}
