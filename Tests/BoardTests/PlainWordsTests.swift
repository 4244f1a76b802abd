import Complaints
import Foundation
import HTTPTypes
import Testing

@testable import Board
@testable import CaseAPI

/// That pages say what they have to say in words for people, and that these words are all in the files of texts.
@Suite("Words of the board")
struct PlainWordsTests {
    /// What is said to programs and not to people: routes and fields of HTTP, words with underscores, null, flags, lengths of time and instants as ISO 8601 has them,
    /// and decimals that nobody reads.
    private static var raw: Regex<Substring> {
        #/\/v1\/|\bETag\b|If-Match|\bPATCH\b|openapi|\b[a-z]+_[a-z_]+\b|\bnull\b|\btrue\b|\bfalse\b|\bPT?[0-9]+[A-Z]|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}|\b[0-9]+\.[0-9]{3,}/#
    }

    /// The text of a page outside of its forms, without what only programs see of it.
    private static func visible(_ html: String) -> String {
        html.replacing(#/(?s)<head>.*?</head>|<form.*?</form>|<code>.*?</code>|<title[^>]*>.*?</title>/#, with: " ")
            .replacing(#/<[^>]*>/#, with: " ")
    }

    /// A desk on which there is something of each kind.
    private func desk() throws -> CasePageDesk {
        let desk = try CasePageDesk(contact: "desk@example.org")
        func post(_ path: String, _ body: String) throws {
            let answer = try desk.api("POST", path, body)
            #expect(answer.status < 300, "\(path) \(answer.html)")
        }
        for more in [
            "", #","regime":"fca-disp""#,
            #","mood":"abusive","channel":"in_person","estimate":{"from":"P1D","to":"P3D"}"#,
        ] {
            try post(
                "/v1/cases",
                #"{"complaint":"It leaks.","subject":"Tap","customer":{"name":"Ann","vulnerable":true},"owner":"Kim"\#(more)}"#
            )
        }
        try post(
            "/v1/cases",
            #"{"complaint":"It leaks.","customer":{"name":"Bo"},"promise":{"kind":"check_in","what":"Ask","due_in":"PT4H"}}"#
        )
        for entry in [
            #"{"kind":"threat","threat_kind":"legal","text":"Court","value_at_stake":150000,"currency":"EUR"}"#,
            #"{"kind":"concession","what":"A new one","amount":1234567,"currency":"EUR"}"#,
            #"{"kind":"mood","mood":"angry","why":"Nobody called"}"#,
            #"{"kind":"lesson","cause":"No stock","text":"Look first","process":"Orders","review":{"what":"Look","due_in":"P30D","owner":"Kim"}}"#,
            #"{"kind":"option","options":["A","B"]}"#, #"{"kind":"thanks","thanked":"Kim","text":"Good"}"#,
        ] { try post("/v1/cases/1/log", entry) }
        try post("/v1/cases/1/escalate", #"{"supervisor":"Mia","reason":"Big"}"#)
        try post("/v1/promises/1/reassign", #"{"owner":"Lou","reason":"Away"}"#)
        #expect(
            try desk.api(
                "PUT", "/v1/owners/Kim/absence", #"{"from":"2026-03-04","until":"2026-03-06","stand_in":"Lou"}"#
            )
            .status < 300)
        desk.advance(by: .days(4))
        try post(
            "/v1/promises/1/recover",
            #"{"due_in":"P2D","reason":"Late","next_step":"We call","customer_notified":{"channel":"phone","outcome":"reached"}}"#
        )
        desk.advance(by: .days(9))
        return desk
    }

    @Test("no page shows what is meant for programs, whatever it is about")
    func pages() throws {
        let desk = try desk()
        var paths = Board.pages.filter {
            $0.isPage && !$0.pattern.hasPrefix("/board/assets") && !$0.pattern.contains("{report}")
                && $0.pattern != "/"
        }.map { $0.pattern.replacing("{name}", with: "Kim").replacing(#/\{\w+\}/#, with: "1") }
        paths += [
            "/board/cases/2", "/board/cases/3", "/board/cases/4", "/board/owners/Lou", "/board/customers/1",
            "/board/search?q=leaks",
        ]
        paths += [
            "/board/reports?regime=fca-disp&group_by=team&owner=Kim", "/board?as_of=2026-03-03", "/board?as_of=x",
        ]
        for id in 1...4 {
            let made = try desk.api("POST", "/v1/cases/\(id)/share")
            paths.append(try #require(made.html.firstMatch(of: #/"url":"([^"]*)"/#).map { String($0.1) }))
        }
        for path in paths {
            let page = try desk.get(path)
            #expect(page.html.hasPrefix("<!doctype html>"), "\(path)")
            let text = Self.visible(page.html)
            for found in text.matches(of: Self.raw) where !Self.isTold(found.0, path) {
                let around = text[..<found.range.lowerBound].suffix(60) + "[" + found.0 + "]"
                Issue.record("\(path) shows \(around)")
            }
        }
    }

    @Test("no refusal on a page speaks of what is for programs")
    func refusals() throws {
        let desk = try desk()
        func refused(_ page: BrowsedPage, _ about: String, _ status: Int? = nil) {
            #expect(page.status >= 400 && page.html.hasPrefix("<!doctype html>"), "\(about): \(page.status)")
            if let status { #expect(page.status == status, "\(about): \(page.status)") }
            let text = Self.visible(page.html)
            for found in text.matches(of: Self.raw) {
                Issue.record("\(about) shows \(text[..<found.range.lowerBound].suffix(90) + "[" + found.0 + "]")")
            }
            // What a form says of its fields is between its tags.
            let notices = page.html.matches(of: #/(?s)role="alert".*?<\/section>/#).map { String($0.0) }.joined()
            for found in Self.visible(notices.replacing(#/<\/?form[^>]*>/#, with: "")).matches(of: Self.raw) {
                Issue.record("\(about) tells of \(found.0)")
            }
        }
        for path in [
            "/board/nothing", "/board/cases/99", "/board/owners/Noone", "/board?owner=Kimm", "/board/promises?tag=none",
            "/board/search?case=1&q=x", "/board/reports?tz=Nowhere", "/board/promises?state=late",
            "/board/queue?owner=nobody",
            "/board/promises.csv?sort=owner", "/board/cases/1?form=keep&promise=99",
        ] { refused(try desk.get(path), path) }
        refused(try desk.get("/c/nothing"), "/c/nothing", 404)
        func send(_ form: String, _ more: [String: String], case id: Int = 1, _ about: String) throws {
            let path = "/board/cases/\(id)"
            let shown = try desk.get("\(path)?form=\(form)" + (more["promise"].map { "&promise=\($0)" } ?? ""))
            refused(
                try desk.post("\(path)/\(form)", shown.form("\(path)/\(form)").merging(more) { $1 }),
                about)
        }
        try send("renegotiate", ["promise": "2", "due_in": "2 days", "reason": "x", "next_step": "y"], case: 2, "late")
        try send("resolve", ["summary": "x", "customer_accepted": "true"], "unsettled")
        try send("duplicate-of", ["case_id": "99", "reason": "x"], "duplicate")
        try send("stage", ["stage": "stage 9", "reason": "x"], case: 4, "stage")
        try send("log-agreement", ["option": "C", "accepted": "true"], case: 3, "agreement")
        try send("edit", ["owner": "", "regime": "none", "severity": "worst"], "edit")
    }

    @Test("sentences for programs are left out of what people are told, and phrases for programs are said otherwise")
    func forPeople() {
        #expect(
            Texts.forPeople("No owner has the name \"K\". Did you mean Kim? allow_unknown=true accepts it.")
                == "No owner has the name \"K\". Did you mean Kim?")
        #expect(
            Texts.forPeople("Case 1 is under no regime: PATCH /v1/cases/1 with regime puts it under one.")
                == "Case 1 is under no regime.")
        #expect(
            Texts.forPeople("There is no calendar to count on: PUT /v1/calendars/default makes one. Else give due_in.")
                == "There is no calendar to count on. Else give due_in.")
        #expect(Texts.forPeople("\"PATCH a: b. c\" is no name: GET /v1/x has them.") == "\"PATCH a: b. c\" is no name.")
        #expect(
            Texts.forPeople("That is for Kim to say, with a token of their own or as Casekeeper-Actor; you act as Lou.")
                == "That is for Kim to say, once they have logged in; you act as Lou.")
        #expect(Texts.forPeople("There is no case 99.") == "There is no case 99.")
    }

    /// What a refused address is told of is what was in it, by its own name.
    private static func isTold(_ word: Substring, _ path: String) -> Bool {
        path.hasSuffix("as_of=x") && (word.hasPrefix("as_of") || word.hasSuffix("T09"))
    }

    @Test("every refusal of the API has its substance on a page: what is wrong, without what is for programs")
    func substance() throws {
        for kind in ProblemKind.allCases where kind.status.code < 500 {
            let problem = PageProblem(problem: kind.example.answer(kind))
            let values = Notice(problem, in: .utc).values
            let items = (values["items"] as? [[String: Any]] ?? []).compactMap { $0["detail"] as? String }
            let texts = [values["title"] as? String ?? "", values["detail"] as? String ?? ""] + items
            #expect(texts[0].utf8.count > 5 && texts[1].utf8.count > 10, "\(kind.rawValue): \(texts)")
            for text in texts {
                #expect(!text.hasPrefix("It can't be done as it is."), "\(kind.rawValue) says nothing")
                let quoted = text.replacing(#/"[^"]*"/#, with: "")
                for found in quoted.matches(of: Self.raw) { Issue.record("\(kind.rawValue): \(text) has \(found.0)") }
            }
        }
    }

    // MARK: - In one place
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/Board")

    private static func files(_ ending: String) throws -> [(name: String, text: String)] {
        let all =
            FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
            ?? []
        return try all.filter { $0.pathExtension == ending }.map { url in
            (url.lastPathComponent, try String(contentsOf: url, encoding: .utf8))
        }
    }

    /// Words of HTTP, and of what pages are made of, that look like a sentence's.
    private static let notSaid: Set<String> = ["Accept"]

    @Test("no literal outside of the texts has two words, or begins as a sentence does")
    func literals() throws {
        let files = try Self.files("swift").filter { !$0.name.contains("Texts") }
        #expect(files.count > 30)
        for (name, text) in files {
            // Comments, what is said to programmers, and the fields of a response are said to nobody who looks.
            let code = text.replacing(#/(?m)^\s*\/\/.*$/#, with: "").replacing(
                #/(?s)precondition(Failure)?\(.*?"\)/#, with: ""
            )
            .replacing(#/(?s)let policy = """.*?"""/#, with: "").replacing(#/HTTPField\.Name\("[^"]*"\)/#, with: "")
            .replacing(#/(?s)headerFields: \[.*?\]/#, with: "").replacing(#/missing\("[^\n]*/#, with: "")
            .replacing(#/invalidParameter\("[^\n]*/#, with: "").replacing(#/why: "[^\n]*/#, with: "")
            for literal in code.matches(of: #/"((?:[^"\\\n]|\\.)*)"/#) {
                let said = String(literal.1).replacing(#/\\\([^)]*\)/#, with: "")
                let isSentence = said.contains(#/[A-Za-z]{2,} [A-Za-z]{2,}/#) || said.contains(#/^[A-Z][a-z]{2,}/#)
                #expect(!isSentence || Self.notSaid.contains(said), "\(name): \"\(said)\" belongs into the texts")
            }
        }
    }

    @Test("no template has a word of its own, and the script has none either")
    func templates() throws {
        let files = try Self.files("mustache")
        #expect(files.count >= Templates.all.count)
        for (name, text) in files {
            let markup = text.replacing(#/\{\{\{?[^}]*\}?\}\}/#, with: "")
            let said = markup.replacing(#/<[^>]*>/#, with: " ").replacing(#/GET/#, with: "")
            #expect(!said.contains(#/[A-Za-z]{2,}/#), "\(name): \(said)")
            for attribute in markup.matches(of: #/ (?:aria-label|title|alt|placeholder)="([^"]*)"/#) {
                #expect(!attribute.1.contains(#/[A-Za-z]{2,}/#), "\(name): \(attribute.0)")
            }
        }
        for (name, text) in try Self.files("js") {
            let code = text.replacing(#/(?m)^\s*\/\/.*$/#, with: "").replacing("\"use strict\"", with: "")
            for literal in code.matches(of: #/"([^"\n]*)"/#) {
                #expect(!literal.1.contains(#/[A-Za-z]{2,} [a-z]{2,}|^[A-Z][a-z]{2,}/#), "\(name): \(literal.0)")
            }
        }
    }
}
