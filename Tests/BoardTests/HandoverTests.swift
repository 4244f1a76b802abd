import Complaints
import Testing

@testable import Board
@testable import CaseAPI

@Suite("What goes from one to another")
struct HandoverTests {
    private let desk: BoardDesk
    private let kim: Browser
    private let secret: String
    private let path = "/board/owners/Kim/handover"

    init() throws {
        desk = try BoardDesk()
        for number in 1...3 { try desk.openCase(customer: "Ann \(number)", owner: "Kim") }
        try desk.openCase(customer: "Bo", owner: "Lou")
        secret = try desk.token(.admin, name: "Admin").secret
        kim = try desk.browser(as: .agent, name: "Kim's", owner: "Kim")
    }

    private func send(_ form: [String: String], to path: String, by browser: Browser) throws -> BrowsedPage {
        try browser.post(form.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, to: path)
    }

    private func typed(_ fields: [String: String]) throws -> [String: String] {
        try kim.get("/board/me").form(path).merging(fields) { $1 }
    }

    private func waiting(_ name: String) throws -> Int64 {
        let page = try desk.client.get(
            "/v1/owners/\(name)", ["Authorization": "Bearer \(secret)", "Accept": "application/json"])
        let owner = try JSONParser.value(of: Array(page.html.utf8))
        return (owner["open"].integer ?? 0) + (owner["overdue"].integer ?? 0)
    }

    // MARK: - Handing over
    @Test("one to whom it is of is refused at once, however the name is written", arguments: ["Kim", " kim "])
    func toThemselves(name: String) throws {
        let page = try send(try typed(["to": name, "reason": "Holiday"]), to: path, by: kim)
        #expect(page.status == 422 && !page.has("would go from") && page.has("id=\"field-to-fault\""), "\(page.html)")
    }

    @Test("a handover says what would go over, to whom, and what they carry, before it is made by a second step")
    func preview() throws {
        let page = try send(try typed(["to": "lou", "reason": "Holiday", "cases": "true"]), to: path, by: kim)
        #expect(page.status == 200)
        #expect(page.has(Texts.wouldGoOver(promises: "3", cases: "3", from: "Kim", to: "Lou")), "\(page.html)")
        let carried = "Lou carries by now 1 promise to customers, 0 of them overdue and 0 due today, and 1 open case."
        #expect(page.has(carried), "\(page.html)")
        #expect(page.has(ExactEscaping().escapeText(Texts.waitsUntilAccepted("Lou", handedOverBy: "Kim"))))
        #expect(page.has("Ann 1") && page.has("Ann 3") && !page.has("Bo</bdi>"))
        #expect(try waiting("Kim") == 3, "nothing has changed yet")
        let done = try send(page.form(path), to: path, by: kim)
        #expect(done.status == 200, "\(done.html)")
        #expect(done.has("Handed over. 3 promises and 3 cases went from Kim to Lou."), "\(done.html)")
        #expect(try waiting("Kim") == 0)
        // A form that is sent twice does a thing once.
        #expect(try send(page.form(path), to: path, by: kim).html == done.html)
    }

    @Test("what waits for a yes is there, however much else is due before it")
    func behind() throws {
        for number in 1...201 { try desk.openCase(customer: "Own \(number)", owner: "Kim") }
        let last = try desk.openCase(customer: "Zed", owner: "Lou")
        let given = try desk.client.send(
            "POST", "/v1/promises/\(last)/reassign",
            [
                "Authorization": "Bearer \(secret)", "Content-Type": "application/json", "Accept": "application/json",
            ], Array(#"{"owner":"Kim","reason":"Away"}"#.utf8))
        #expect(given.status == 200, "\(given.html)")
        #expect(try !kim.get("/board/me").form("/board/promises/\(last)/accept").isEmpty)
    }

    @Test("whoever is not known is told of before, and so is that their cases stay")
    func unknown() throws {
        let page = try send(try typed(["to": "Kimm <x>", "reason": "x", "cases": "false"]), to: path, by: kim)
        #expect(page.has("Nobody on record is called Kimm &lt;x&gt;"), "\(page.html)")
        #expect(page.has("3 promises and no case"), "\(page.html)")
    }

    @Test("what has changed since it was looked at is not handed over unseen")
    func stale() throws {
        let page = try send(try typed(["to": "Lou", "reason": "x", "cases": "true"]), to: path, by: kim)
        try desk.openCase(customer: "Cy", owner: "Kim", what: "Call Cy")
        let refused = try send(page.form(path), to: path, by: kim)
        #expect(refused.status == 412 && refused.has(Texts.changedMeanwhile), "\(refused.html)")
        #expect(refused.has(Texts.comesToo(Texts.promise(5, ""))) && refused.has("4 promises"), "\(refused.html)")
        #expect(!refused.has("ETag"))
        #expect(try waiting("Kim") == 4)
        // What is seen by now goes over.
        #expect(try send(refused.form(path), to: path, by: kim).has("4 promises and 4 cases went"))
        #expect(try waiting("Kim") == 0)
    }

    @Test("what goes over is what was seen, and not as much as that")
    func other() throws {
        let page = try send(try typed(["to": "Lou", "reason": "x", "cases": "true"]), to: path, by: kim)
        func api(_ method: String, _ path: String, _ body: String) throws {
            let answer = try desk.client.send(
                method, path,
                [
                    "Authorization": "Bearer \(secret)", "Content-Type": "application/json",
                    "Accept": "application/json",
                ], Array(body.utf8))
            #expect(answer.status == 200, "\(answer.html)")
        }
        try api("PATCH", "/v1/cases/2", #"{"owner":"Lou"}"#)
        try api("POST", "/v1/promises/2/reassign", #"{"owner":"Lou","reason":"Theirs"}"#)
        try desk.openCase(customer: "Cy", owner: "Kim", what: "Call Cy")
        #expect(try waiting("Kim") == 3)
        let refused = try send(page.form(path), to: path, by: kim)
        #expect(refused.status == 412, "\(refused.html)")
        for text in [
            Texts.comesToo(Texts.promise(5, "")), Texts.staysNow(Texts.promise(2, "")),
            Texts.comesToo(Texts.customerCase(5)), Texts.staysNow(Texts.customerCase(2)),
        ] { #expect(refused.has(text), "\(text)") }
        #expect(try waiting("Kim") == 3)
        // A form that does not say what was seen, or says it of something else, is looked at first.
        for sure in ["yes", "", "1 2/x", "/"] {
            let again = try send(page.form(path).merging(["sure": sure]) { $1 }, to: path, by: kim)
            #expect([200, 412].contains(again.status) && again.has(Texts.movingTitle), "\(sure): \(again.status)")
        }
        #expect(try waiting("Kim") == 3)
    }

    @Test("nobody is shown what they may not hand over")
    func notTheirs() throws {
        let theirs = "/board/owners/Lou/handover"
        let token = try kim.get("/board/me").formToken ?? ""
        let form = ["to": "Kim", "reason": "x", "cases": "true", "form_token": token]
        for more in [[:], ["sure": "4/4", "asked:to": "Kim"]] {
            let page = try send(form.merging(more) { $1 }, to: theirs, by: kim)
            #expect(page.status == 403 && !page.has(Texts.movingTitle), "\(page.html)")
        }
        #expect(try !kim.get("/board/owners/Lou").has(theirs))
        #expect(try waiting("Lou") == 1)
    }

    @Test("whoever is meant by a name that is mistyped is looked at by one click")
    func mistyped() throws {
        let page = try send(try typed(["to": "Luo", "reason": "x", "cases": "true"]), to: path, by: kim)
        #expect(page.has("<button name=\"meant:to\" value=\"Lou\">"), "\(page.html)")
        let looked = try send(page.form(path).merging(["meant:to": "Lou"]) { $1 }, to: path, by: kim)
        #expect(looked.has(Texts.wouldGoOver(promises: "3", cases: "3", from: "Kim", to: "Lou")), "\(looked.html)")
        #expect(try waiting("Kim") == 3)
        #expect(try send(looked.form(path), to: path, by: kim).has("went from Kim to Lou"))
    }

    @Test(
        "who had something and has nothing by now has a page, with what was theirs, and is put on record there by who may"
    )
    func afterwards() throws {
        let kept = try desk.client.send(
            "POST", "/v1/promises/4/keep",
            ["Authorization": "Bearer \(secret)", "Content-Type": "application/json", "Accept": "application/json"],
            Array(#"{"resolve":{"summary":"Mended","customer_accepted":true}}"#.utf8))
        #expect(kept.status == 200, "\(kept.html)")
        let manager = try desk.browser(as: .manager, name: "Mia", owner: "Mia")
        let page = try manager.get("/board/owners/Lou")
        #expect(page.status == 200 && page.has(ExactEscaping().escapeText(Texts.nothingNow("Lou"))), "\(page.html)")
        #expect(page.has(Texts.hadTitle) && page.has("/board/cases/4"))
        let seen = try kim.get("/board/owners/Lou")
        #expect(seen.status == 200 && seen.form("/board/owners/Lou/name").isEmpty)
        #expect(try manager.get("/board/owners/Luo").status == 404)
        let name = "/board/owners/Lou/name"
        #expect(try send(page.form(name), to: name, by: manager).status == 303)
        #expect(try !manager.get("/board/owners/Lou").form("/board/owners/Lou/absence").isEmpty)
    }

    @Test("what is missing is said at once")
    func missing() throws {
        let page = try send(try typed(["to": "Lou"]), to: path, by: kim)
        #expect(page.status == 422 && page.has("id=\"field-reason-fault\"") && !page.has(Texts.movingTitle))
        let nobody = try send(try typed([:]), to: "/board/owners/Nobody%20at%20all/handover", by: kim)
        #expect([404, 422].contains(nobody.status), "\(nobody.status)")
    }

    // MARK: - Taking on
    private let all = "/board/owners/Lou/accept"

    private func given() throws -> Browser {
        for id in 1...3 as ClosedRange<Int64> {
            let page = try kim.get("/board/cases/\(id)?form=reassign&promise=\(id)")
            let form = page.form("/board/cases/\(id)/reassign").merging(["owner": "Lou", "reason": "x"]) { $1 }
            #expect([200, 303].contains(try send(form, to: "/board/cases/\(id)/reassign", by: kim).status))
        }
        return try desk.browser(as: .agent, name: "Lou's", owner: "Lou")
    }

    @Test("all that waits for somebody's yes is taken on at once, and once")
    func acceptAll() throws {
        let lou = try given()
        let page = try lou.get("/board/me")
        #expect(page.has("Accept all 3"), "\(page.html)")
        let form = page.form(all)
        for _ in 0..<2 {
            let done = try send(form, to: all, by: lou)
            #expect(done.status == 303, "\(done.html)")
            #expect(try lou.get(try #require(done.fields["location"])).has("3 promises accepted."))
        }
        #expect(try !lou.get("/board/me").has("action=\"\(all)\""))
        #expect(try lou.get("/board/me").has(Texts.nothingWaits))
    }

    @Test("what can't be taken on leaves the others as they are, and is named with why")
    func some() throws {
        let lou = try given()
        let form = try lou.get("/board/me").form(all)
        // One is taken back meanwhile, and one kept.
        let reassign = "/board/cases/2/reassign"
        let back = try kim.get("/board/cases/2?form=reassign&promise=2").form(reassign)
            .merging(["owner": "Kim", "reason": "x"]) { $1 }
        #expect([200, 303].contains(try send(back, to: reassign, by: kim).status))
        let done = try send(form, to: all, by: lou)
        #expect(done.status == 200 && done.has(Texts.accepted(2, of: 3)), "\(done.html)")
        #expect(done.has(Texts.promiseNumber("2")) && done.html.ranges(of: "<li>").count >= 1)
        #expect(!done.has("ETag") && !done.has("If-Match"))
        #expect(try !lou.get("/board/me").has("action=\"\(all)\""))
        #expect(try lou.get("/board/cases/1").has("Lou"))
    }

    @Test("nobody takes on for somebody else, and nothing is no fault")
    func others() throws {
        let lou = try given()
        let form = try lou.get("/board/me").form(all)
        let own = try kim.get("/board/me").formToken ?? ""
        let page = try send(form.merging(["form_token": own]) { $1 }, to: all, by: kim)
        #expect(page.status == 200 && page.has(Texts.accepted(0, of: 3)), "\(page.html)")
        #expect(try lou.get("/board/me").has("Accept all 3"))
        #expect(try send(["form_token": own], to: all, by: kim).status == 200)
    }
}
