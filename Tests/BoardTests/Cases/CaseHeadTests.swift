import Complaints
import Foundation
import Testing

@testable import Board

@Suite("What a case's page says of sharing and of pauses")
struct CaseHeadTests {
    private func desk() throws -> CasePageDesk {
        let desk = try CasePageDesk()
        let opened = try desk.api(
            "POST", "/v1/cases",
            #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim","mood":"angry","promise":{"what":"Text a number","due_in":"PT2H"}}"#
        )
        #expect(opened.status == 201, "\(opened.html)")
        return desk
    }

    private static func text(_ page: BrowsedPage) -> String {
        page.html.replacing(#/<[^>]*>/#, with: "").replacing(#/\s+/#, with: " ")
    }

    @Test("that the customer has a page is said with since when and until when, as long as they have it")
    func sharing() throws {
        let desk = try desk()
        #expect(!Self.text(try desk.get("/board/cases/1")).contains(Texts.sharedSince))
        _ = try desk.api("POST", "/v1/cases/1/share", #"{"expires_in":"P10D"}"#)
        let shared = Self.text(try desk.get("/board/cases/1"))
        #expect(
            shared.contains("\(Texts.sharedSince) 2026-03-02 09:00 \(Texts.sharedUntil) 2026-03-12 09:00."), "\(shared)"
        )
        desk.advance(by: .days(11))
        #expect(!Self.text(try desk.get("/board/cases/1")).contains(Texts.sharedSince))
        _ = try desk.api("POST", "/v1/cases/1/share")
        #expect(Self.text(try desk.get("/board/cases/1")).contains(Texts.sharedSince))
        #expect(try desk.api("DELETE", "/v1/cases/1/share").status < 300)
        #expect(!Self.text(try desk.get("/board/cases/1")).contains(Texts.sharedSince))
    }

    @Test("what is due while a talk rests is named, with the way to move it, and is not the step before the talk")
    func pause() throws {
        let desk = try desk()
        #expect(!Self.text(try desk.get("/board/cases/1")).contains(Texts.fallsIntoPause))
        let paused = try desk.api(
            "POST", "/v1/cases/1/cool-off",
            #"{"reason":"Shouts","callback":{"kind":"callback","what":"Call again","due_in":"P1D","next_step":"We call"}}"#
        )
        #expect(paused.status < 300, "\(paused.html)")
        let page = try desk.get("/board/cases/1")
        let text = Self.text(page)
        #expect(
            text.contains("Text a number Number 1, due by 2026-03-02 11:00. \(Texts.fallsIntoPause) New date"),
            "\(text)")
        #expect(page.has("/board/cases/1?form=renegotiate&amp;promise=1"))
        #expect(!text.contains("Call again Number"))
        desk.advance(by: .hours(3))
        let late = try desk.get("/board/cases/1")
        #expect(Self.text(late).contains("\(Texts.fallsIntoPause) Make good"), "\(Self.text(late))")
        let moved = try desk.api(
            "POST", "/v1/promises/1/recover",
            #"{"due_in":"P3D","reason":"Rests","next_step":"We text","customer_notified":{"channel":"email","outcome":"sent"}}"#
        )
        #expect(moved.status < 300, "\(moved.html)")
        #expect(!Self.text(try desk.get("/board/cases/1")).contains(Texts.fallsIntoPause))
    }

    @Test("each step of guidance says what its tactic is about, by its number too")
    func tactics() throws {
        let text = Self.text(try desk().get("/board/cases/1"))
        #expect(
            text.contains("Keep what is promised (T2)") || text.contains("Acknowledge how they feel (T8)"), "\(text)")
        #expect(text.contains(Texts.tacticsNote))
        for tactic in Tactic.allCases { #expect(Texts.tactic(tactic.rawValue).hasSuffix(" (\(tactic.rawValue))")) }
    }
}
