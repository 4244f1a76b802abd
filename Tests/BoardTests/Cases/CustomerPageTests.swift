import CaseAPI
import Complaints
import Testing

@testable import Board

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
        #expect(text.contains(#/We missed the date, [0-9: -]+\. The new date is [0-9: -]+\. Why: No stock/#), "\(text)")
        #expect(text.contains(#/We promised it on [0-9: -]+\. The date is [0-9: -]+\./#), "\(text)")
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
