import Complaints
import Testing

@testable import Board

@Suite("Answers to forms")
struct AnswerPageTests {
    private func share(_ browser: Browser) throws -> BrowsedPage {
        let path = "/board/cases/1/share"
        let form = try browser.get("/board/cases/1?form=share").form(path)
        return try browser.post(form.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, to: path)
    }

    @Test("have an address, for the session of whoever sent the form, and for half an hour")
    func own() throws {
        let desk = try BoardDesk()
        try desk.openCase()
        let (kim, lou) = (
            try desk.browser(as: .manager, name: "Kim"), try desk.browser(as: .manager, name: "Lou")
        )
        let done = try share(kim)
        let place = try #require(done.place)
        let shared = ExactEscaping().escapeText(Texts.shared)
        #expect(done.status == 200 && done.has(shared), "\(done.html)")
        // As often as it is come back to.
        for _ in 0..<2 { #expect(try kim.get(place).has(shared)) }
        let strange = try lou.get(place)
        #expect(strange.status == 200 && strange.has(Texts.answerGone) && !strange.has("/c/"))
        #expect(try desk.client.get(place).status == 303)
        desk.clock.advance(by: .minutes(31))
        #expect(try kim.get(place).has(Texts.answerGone))
    }

    @Test("are the latest of a session, and end with it and as a customer is erased")
    func bounds() throws {
        let desk = try BoardDesk()
        try desk.openCase()
        let kim = try desk.browser(as: .admin, name: "Kim")
        // A form that looks first is done by nothing, and its answer is one, too.
        func look() throws -> String {
            let path = "/board/cases/new"
            let form = try kim.get(path).form(path).merging(["complaint": "It leaks.", "customer/name": "Cy"]) { $1 }
            return try #require(try kim.post(form.map { ($0.key, $0.value) }, to: path).place)
        }
        let first = try look()
        #expect(try kim.get(first).has("It leaks."))
        for _ in 0..<16 { _ = try look() }
        #expect(try kim.get(first).has(Texts.answerGone))
        let last = try look()
        #expect(try kim.get(last).has("It leaks."))
        let token = try #require(try kim.get("/board").formToken)
        #expect(try kim.post([("form_token", token)], to: "/board/logout").status == 303)
        var again = kim
        again.cookie = try desk.browser(as: .admin, name: "Kim's other").cookie
        #expect(try again.get(last).has(Texts.answerGone))
    }
}
