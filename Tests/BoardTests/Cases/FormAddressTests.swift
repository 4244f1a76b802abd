import Complaints
import Testing

@testable import Board

@Suite("Addresses of forms that are not there")
struct FormAddressTests {
    private static func reason(_ page: BrowsedPage) -> String? {
        page.html.firstMatch(of: #/(?s)role="alert".*?<p><strong>[^<]*<\/strong> ([^<]+)<\/p>/#).map { String($0.1) }
    }

    @Test("each that whoever asks may not send says for whom it is", arguments: [Role.reader, .agent])
    func roles(_ role: Role) throws {
        let desk = try BoardDesk()
        try desk.openCase(customer: "Ann", owner: "Kim")
        let browser = try desk.browser(as: role, name: "Their own", owner: "Kim")
        var count = 0
        for form in ActionForm.all {
            let page = try browser.get("/board/cases/1?form=\(form.name)" + (form.isOfPromise ? "&promise=1" : ""))
            let isShown = page.has("id=\"form-title\"")
            #expect(page.status == 200 && isShown == (Self.reason(page) == nil), "\(form.name)")
            guard form.role > role else { continue }
            count += 1
            #expect(
                Self.reason(page)?.contains("the role \(Texts.role(max(form.role, .agent)))") == true, "\(form.name)")
        }
        #expect(count > 0)
    }

    @Test("one of a promise that is kept says by whose word, and when; one of a case in another state says so")
    func states() throws {
        let desk = try CasePageDesk()
        _ = try desk.api(
            "POST", "/v1/cases",
            #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim","promise":{"what":"Call","due_in":"PT2H"}}"#
        )
        let kept = try desk.api("POST", "/v1/promises/1/keep", #"{"next_promise":{"what":"Wait","due_in":"P9D"}}"#)
        #expect(kept.status == 200, "\(kept.html)")
        for form in ["keep", "renegotiate", "recover", "withdraw", "void", "reassign"] {
            let page = try desk.get("/board/cases/1?form=\(form)&promise=1")
            let reason = Self.reason(page) ?? ""
            #expect(
                reason.contains(#/settled already: kept, by the word of local, at [0-9: -]{16}\./#),
                "\(form): \(reason)")
            #expect(!page.has("id=\"form-title\""), "\(form)")
        }
        #expect(Self.reason(try desk.get("/board/cases/1?form=recover&promise=2"))?.contains("has not passed") == true)
        #expect(Self.reason(try desk.get("/board/cases/1?form=close"))?.contains("The case is open") == true)
        #expect(Self.reason(try desk.get("/board/cases/1?form=stage"))?.contains("no procedure") == true)
        #expect(Self.reason(try desk.get("/board/customers/1?form=customer-unmerge")) != nil)
    }
}
