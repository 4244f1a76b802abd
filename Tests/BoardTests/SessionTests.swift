import CaseAPI
import CaseStore
import Complaints
import Testing

@testable import Board

@Suite("Sessions of the board")
struct SessionTests {
    @Test("who logs in again, as whomever, ends the session that the browser had", arguments: ["Ann", "Bo"])
    func again(name: String) throws {
        let desk = try BoardDesk()
        let first = try desk.token(.agent, name: "Ann")
        let second = name == "Ann" ? first : try desk.token(.manager, name: "Bo")
        var browser = desk.client
        try browser.logIn(first.secret)
        let left = browser
        try browser.logIn(second.secret)
        #expect(left.cookie != browser.cookie)
        #expect(try browser.get("/board").status == 200)
        #expect(try left.get("/board").status == 303, "what somebody may have kept of it lets nobody in")
        let open = try desk.store.makeReader().read { reader in
            try [first.id, second.id].map { try reader.openSessions(ofToken: $0).count }
        }
        #expect(open == (first.id == second.id ? [1, 1] : [0, 1]))
    }

    @Test("a login never takes up a secret that came with it, and what was refused ends nothing")
    func fixation() throws {
        let desk = try BoardDesk()
        let token = try desk.token(.agent, name: "Ann")
        var browser = desk.client
        browser.cookie = "casekeeper=" + String(repeating: "A", count: 43)
        try browser.logIn(token.secret)
        #expect(browser.cookie != "casekeeper=" + String(repeating: "A", count: 43))
        let before = browser
        #expect(try browser.logIn("ck_wrong").status == 401)
        #expect(browser.cookie == before.cookie)
        #expect(try before.get("/board").status == 200)
    }

    @Test("whoever has the cookie of a session that ended cannot follow its events, nor send its forms")
    func ended() throws {
        let desk = try BoardDesk()
        try desk.openCase()
        let token = try desk.token(.agent, name: "Ann")
        var browser = desk.client
        try browser.logIn(token.secret)
        let left = browser
        let formToken = try #require(try left.get("/board/cases/1?form=note").formToken)
        try browser.logIn(token.secret)
        #expect(try left.get("/board/events", ["Accept": "text/event-stream"]).status == 401)
        let answer = try left.post([("form_token", formToken), ("text", "x")], to: "/board/cases/1/note")
        #expect(answer.status == 303 && answer.fields["location"]?.hasPrefix("/board/login") == true)
        // Nor is a form of the one session good in the other.
        #expect(try browser.post([("form_token", formToken), ("text", "x")], to: "/board/cases/1/note").status == 403)
    }

    @Test("all of them together have a bound: one more ends that which would end first")
    func bounded() throws {
        let desk = try BoardDesk()
        let tokens = try (0...(Session.most / Session.mostOfToken)).map { try desk.token(.reader, name: "T\($0)").id }
        let open = try desk.store.write { transaction -> [Int64: Int] in
            for number in 0...Session.most {
                let token = try transaction.record.token(tokens[number / Session.mostOfToken])
                _ = try transaction.beginSession(SessionSecret(), of: token, actor: nil)
            }
            return try tokens.reduce(into: [:]) { $0[$1] = try transaction.record.openSessions(ofToken: $1).count }
        }
        #expect(open.values.reduce(0, +) == Session.most)
        #expect(open[tokens[0]] == Session.mostOfToken - 1)
        #expect(open[try #require(tokens.last)] == 1)
    }

    @Test("those that have ended are forgotten in steps, but for the last, so that no number stands for two")
    func forgotten() throws {
        let desk = try BoardDesk()
        let token = try desk.token(.reader, name: "Ann")
        // Each of them ends the oldest, and forgets more than that.
        let last = try desk.store.write { transaction -> Session in
            let token = try transaction.record.token(token.id)
            var session = try transaction.beginSession(SessionSecret(), of: token, actor: nil)
            for _ in 0..<200 { session = try transaction.beginSession(SessionSecret(), of: token, actor: nil) }
            return session
        }
        #expect(try desk.store.write { try $0.forgetSessions(limit: 500) } <= 1)
        desk.clock.advance(by: Session.longest)
        var forgotten: [Int] = []
        repeat {
            forgotten.append(try desk.store.write { try $0.forgetSessions(limit: 20) })
        } while forgotten.last == 20
        #expect(forgotten == [20, 11], "all that were open, but for the last")
        #expect(try desk.store.makeReader().read { try $0.session(last.id) } == last)
        let next = try desk.store.write { transaction in
            try transaction.beginSession(SessionSecret(), of: transaction.record.token(token.id), actor: nil)
        }
        #expect(next.id == last.id + 1)
        #expect(try desk.store.write { try $0.forgetSessions(limit: 20) } == 1)
    }

    @Test("a session that ends in the instant in which it began is over all the same")
    func atOnce() throws {
        let desk = try BoardDesk()
        let token = try desk.token(.reader, name: "Ann")
        let session = try desk.store.write { transaction -> Session? in
            let session = try transaction.beginSession(
                SessionSecret(), of: transaction.record.token(token.id), actor: nil)
            try transaction.endSession(session.id)
            return try transaction.record.session(session.id)
        }
        #expect(try #require(session).isOpen(at: #require(session).createdAt) == false)
    }

    @Test(
        "a session ends with its token at once: the next page, the next form and the next piece of a stream are nobody's"
    )
    func revoked() throws {
        let desk = try BoardDesk()
        try desk.openCase()
        let token = try desk.token(.agent, name: "Ann")
        let browser = try {
            var browser = desk.client; try browser.logIn(token.secret); return browser
        }()
        let formToken = try #require(try browser.get("/board/cases/1?form=note").formToken)
        _ = try desk.store.write { try $0.revokeToken(token.id) }
        #expect(try browser.get("/board").status == 303)
        #expect(
            try browser.post([("form_token", formToken), ("text", "x")], to: "/board/cases/1/note").fields["location"]?
                .hasPrefix("/board/login") == true)
        #expect(try browser.get("/board/events", ["Accept": "text/event-stream"]).status == 401)
    }
}
