import Complaints
import Foundation
import Testing

@testable import Board
@testable import CaseAPI

@Suite("The customer's own page")
struct CustomerPageTests {
    private func url(_ desk: CasePageDesk, case id: Int = 1) throws -> String {
        let made = try desk.api("POST", "/v1/cases/\(id)/share")
        return try #require(made.html.firstMatch(of: #/"url":"([^"]*)"/#).map { String($0.1) })
    }

    @Test(
        "T21: shows a browser what was promised, what moved and why, and how to answer; nothing internal, and no way further"
    )
    func page() throws {
        let desk = try CasePageDesk(contact: "desk@example.org")
        _ = try desk.api(
            "POST", "/v1/cases",
            #"""
            {"complaint":"It <b>leaks</b> & nobody \"calls\".","customer":{"name":"Ann <i>"},"owner":"Kim","mood":"angry",
            "severity":"high"}
            """#)
        _ = try desk.api(
            "POST", "/v1/promises/1/renegotiate",
            #"""
            {"due_in":"P2D","reason":"Lou forgot","explanation":"No stock","next_step":"We call you",
            "customer_notified":{"channel":"phone","outcome":"reached"}}
            """#)
        let path = try url(desk)
        let page = try desk.get(path)
        #expect(page.status == 200 && page.fields["content-type"]?.hasPrefix("text/html") == true)
        for shown in [
            "It &lt;b&gt;leaks&lt;/b&gt; &amp; nobody &quot;calls&quot;.", "Ann &lt;i&gt;", "No stock", "We call you",
            "desk@example.org", "case 1", "<svg", "name=\"robots\" content=\"noindex",
        ] { #expect(page.html.contains(shown), "\(shown)") }
        for hidden in ["Kim", "angry", "forgot", "/board\"", path, "<b>leaks"] {
            #expect(!page.html.contains(hidden), "\(hidden)")
        }
        #expect(page.fields["referrer-policy"] == "no-referrer" && page.fields["cache-control"] == "no-store")
        #expect(page.fields["x-robots-tag"]?.contains("noindex") == true)
        #expect(page.fields["content-security-policy"]?.contains("default-src 'none'") == true)
        // What it needs besides is there for everybody.
        let stylesheet = try #require(
            page.html.firstMatch(of: #/href="(\/board\/assets\/[^"]*)"/#).map { String($0.1) })
        #expect(try desk.get(stylesheet).status == 200)
        #expect(try desk.get(path, ["Accept": "application/json"]).html.hasPrefix("{\"case_id\":1,"))
    }

    @Test("what was missed and has a new date is told in sentences")
    func missed() throws {
        let desk = try CasePageDesk()
        _ = try desk.api("POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim"}"#)
        desk.advance(by: .days(5))
        let moved = try desk.api(
            "POST", "/v1/promises/1/recover",
            #"""
            {"due_in":"P2D","reason":"Lou forgot","explanation":"No stock","next_step":"We call you",
            "customer_notified":{"channel":"phone","outcome":"reached"}}
            """#)
        #expect(moved.status < 300, "\(moved.html)")
        let text = try desk.get(try url(desk)).html.replacing(#/<[^>]*>/#, with: "")
        #expect(
            text.contains(
                #/We missed the date, which was [0-9: -]+, and promised it for [0-9: -]+\. Why: No stock/#), "\(text)")
        #expect(text.contains(#/We promised it on [0-9: -]+\. It is due by [0-9: -]+\./#), "\(text)")
        #expect(text.contains("\(Texts.customerStep) We call you") && !text.contains(Texts.customerIsLate), "\(text)")
        desk.advance(by: .days(3))
        let late = try desk.get(try url(desk)).html.replacing(#/<[^>]*>/#, with: "")
        #expect(late.contains(#/It was due by [0-9: -]+\. It is late, and not done yet\./#), "\(late)")
    }

    @Test(
        "what was promised stays said in its own words, whatever took its place: moved, given up with their release or without, or missed",
        arguments: [
            (
                "renegotiate",
                #"{"what":"Look at the boiler","due_in":"P6D","reason":"r","explanation":"No stock","next_step":"n",\#(CustomerPageTests.told)}"#,
                false, #"We moved the date from [0-9: -]+ to [0-9: -]+\. Why: No stock"#
            ),
            (
                "withdraw",
                #"{"reason":"r","explanation":"No stock","customer_agreed":false,"cause":"impossible",\#(CustomerPageTests.told),"next_promise":{"what":"Look at the boiler","due_in":"P6D","next_step":"n"}}"#,
                false,
                #"It was due by [0-9: -]+\. On [0-9: -]+ we gave it up, and made a new promise for [0-9: -]+\. Why: No stock"#
            ),
            (
                "withdraw",
                #"{"reason":"r","explanation":"No stock","customer_agreed":true,\#(CustomerPageTests.told),"next_promise":{"what":"Look at the boiler","due_in":"P6D","next_step":"n"}}"#,
                false,
                #"It was due by [0-9: -]+\. On [0-9: -]+ we gave it up, and made a new promise for [0-9: -]+\. Why: No stock"#
            ),
            (
                "recover",
                #"{"what":"Look at the boiler","due_in":"P6D","reason":"r","explanation":"No stock","next_step":"n",\#(CustomerPageTests.told)}"#,
                true, #"We missed the date, which was [0-9: -]+, and promised it for [0-9: -]+\. Why: No stock"#
            ),
            (
                "withdraw",
                #"{"reason":"r","explanation":"No stock","customer_agreed":false,"cause":"impossible",\#(CustomerPageTests.told),"next_promise":{"what":"Look at the boiler","due_in":"P6D","next_step":"n"}}"#,
                true,
                #"We missed the date, which was [0-9: -]+\. On [0-9: -]+ we gave it up, and made a new promise for"#
            ),
        ])
    func words(action: String, body: String, isLate: Bool, pattern: String) throws {
        let desk = try CasePageDesk()
        _ = try desk.api(
            "POST", "/v1/cases",
            #"{"complaint":"Cold.","customer":{"name":"Ann"},"owner":"Kim","promise":{"what":"Replace the boiler","due_in":"P5D"}}"#
        )
        // What the policy promised besides is kept at once.
        let acknowledged = try desk.api("POST", "/v1/promises/2/keep", #"{"evidence":"Letter"}"#)
        #expect(acknowledged.status < 300, "\(acknowledged.html)")
        desk.advance(by: isLate ? .days(6) : .hours(1))
        let done = try desk.api("POST", "/v1/promises/1/\(action)", body)
        #expect(done.status < 300, "\(done.html)")
        let path = try url(desk)
        let page = try desk.get(path)
        let text = page.html.replacing(#/(?s)<svg class="chart".*?<\/svg>\s*<ul/#, with: "<ul").replacing(
            #/<[^>]*>/#, with: "")
        #expect(text.contains("\(Texts.customerBefore) Replace the boiler."), "\(text)")
        let told = try Regex(pattern)
        #expect(text.contains(told), "\(text)")
        #expect(text.contains("Look at the boiler – still to be done"), "\(text)")
        // Its date was missed only where it had passed, in the picture too.
        #expect(page.html.contains("class=\"mark missed\"") && page.html.contains("class=\"mark made\""))
        let marks = page.html.components(separatedBy: "class=\"mark missed\"").count - 2
        #expect(marks == (isLate ? 1 : 0))
        let json = try desk.get(path, ["Accept": "application/json"]).html
        let promises = try JSONParser.value(of: Array(json.utf8))["promises"].items
        let moved = try #require(promises.flatMap { $0["moved"].items }.first, "\(json)")
        #expect(moved["what"].text == "Replace the boiler" && moved["missed"].isTrue == isLate)
        #expect(moved["given_up"].isTrue == (action == "withdraw") && !moved["promised_at"].isNull)
    }

    @Test("what was given up before its date, with nothing in its place, was not missed: it says when, and why")
    func givenUp() throws {
        let desk = try CasePageDesk()
        _ = try desk.api(
            "POST", "/v1/cases",
            #"{"complaint":"Cold.","customer":{"name":"Ann"},"owner":"Kim","promise":{"what":"Call","due_in":"P5D"}}"#)
        _ = try desk.api("POST", "/v1/cases/1/promises", #"{"what":"Write","due_in":"P2D"}"#)
        let done = try desk.api(
            "POST", "/v1/promises/1/withdraw",
            #"{"reason":"r","explanation":"No line","customer_agreed":false,"cause":"impossible",\#(CustomerPageTests.told)}"#
        )
        #expect(done.status < 300, "\(done.html)")
        let page = try desk.get(try url(desk))
        let text = page.html.replacing(#/<[^>]*>/#, with: "")
        #expect(text.contains("Call – given up"), "\(text)")
        #expect(text.contains(#/We gave it up on [0-9: -]+\. +Why: No line/#), "\(text)")
        #expect(!text.contains("not kept") && !text.contains("We missed"), "\(text)")
        #expect(page.html.components(separatedBy: "class=\"mark missed\"").count == 2)
    }

    @Test("what happens next stands in the order of its dates")
    func order() throws {
        let desk = try CasePageDesk()
        _ = try desk.api(
            "POST", "/v1/cases",
            #"{"complaint":"Cold.","customer":{"name":"Ann"},"promise":{"what":"Third","due_in":"P9D"}}"#)
        for (what, due) in [("First", "P1D"), ("Second", "P3D")] {
            _ = try desk.api("POST", "/v1/cases/1/promises", #"{"what":"\#(what)","due_in":"\#(due)"}"#)
        }
        let page = try desk.get(try url(desk)).html
        let next = try #require(page.firstMatch(of: #/(?s)<section aria-labelledby="next">.*?<\/section>/#)).0
        #expect(next.matches(of: #/<strong>(\w+)<\/strong>/#).map { String($0.1) } == ["First", "Second", "Third"])
    }

    static let told = #""customer_notified":{"channel":"phone","outcome":"reached"}"#

    @Test("says to the customer what the service promised by itself, never what it tells the desk to do")
    func wording() throws {
        let desk = try CasePageDesk()
        for more in ["", #","regime":"housing-ombudsman""#, #","regime":"fca-disp""#] {
            _ = try desk.api(
                "POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim"\#(more)}"#)
        }
        for id in 1...3 {
            let page = try desk.get(try url(desk, case: id))
            let text = page.html.replacing(#/<[^>]*>/#, with: "")
            #expect(text.contains("We confirm that we have your complaint, and tell you what happens next"), "\(text)")
            #expect(!text.contains("Acknowledge") && !text.contains("acknowledgement"), "\(text)")
            #expect(!text.contains("Answer the complaint"), "\(text)")
            #expect(text.contains("How to answer us") && text.contains(Texts.customerDueStill))
        }
        let text = try desk.get(try url(desk, case: 3)).html.replacing(#/<[^>]*>/#, with: "")
        #expect(text.contains("They are those of Financial Conduct Authority (UK)."), "\(text)")
        #expect(text.contains("By these rules it has to be settled by") && text.contains(Texts.customerClock))
    }

    @Test("tells how it ended in words and money as people write it, and roughly how long it takes")
    func ending() throws {
        let desk = try CasePageDesk()
        _ = try desk.api(
            "POST", "/v1/cases",
            #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim","estimate":{"from":"P1D","to":"P3D"}}"#)
        let before = try desk.get(try url(desk)).html.replacing(#/<[^>]*>/#, with: "")
        #expect(before.contains(#/between 2026-03-03 [0-9:]+ and 2026-03-05 [0-9:]+\./#), "\(before)")
        let resolved = try desk.api(
            "POST", "/v1/cases/1/resolve",
            #"""
            {"summary":"internal","outcome_text":"You get a new one.","customer_accepted":true,"outcome":"partly_upheld",
            "redress":{"amount":1550,"currency":"EUR"},"final_response":{"channel":"in_person"},
            "settle":[{"promise_id":1,"action":"keep"}]}
            """#)
        #expect(resolved.status < 300, "\(resolved.html)")
        let text = try desk.get(try url(desk)).html.replacing(#/<[^>]*>/#, with: "")
        for shown in [
            "We found that you were right in part.", "You get a new one.", "You get 15.50 EUR.",
            "Our last word went to you in person on", "It is settled.", Texts.nothingOpen,
        ] { #expect(text.contains(shown), "\(shown): \(text)") }
        #expect(!text.contains("internal") && !text.contains("partly_upheld") && !text.contains("1550"))
    }

    @Test("a link that leads nowhere is one page, whatever became of it")
    func gone() throws {
        let desk = try CasePageDesk()
        _ = try desk.api("POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"}}"#)
        let path = try url(desk)
        #expect(try desk.get(path).status == 200)
        #expect(try desk.api("DELETE", "/v1/cases/1/share").status == 200)
        let (taken, never) = (try desk.get(path), try desk.get("/c/abcdefghijklmnopqrstuvwxyz234567"))
        #expect(taken.status == 404 && never.status == 404 && taken.html == never.html)
        #expect(taken.html.contains(Texts.customerGone) && !taken.html.contains("Ann"))
    }
}
