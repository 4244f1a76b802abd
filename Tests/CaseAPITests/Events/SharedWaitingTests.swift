import Foundation
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Many who wait for events")
struct SharedWaitingTests {
    /// Loops of the desk: each reads for those whose connections it has.
    private static let loops = 2

    @Test("for the same share what is read for them, and each goes on from an address of their own")
    func shared() throws {
        let desk = try TestDesk()
        try desk.openCase()
        let queries: [(query: String, events: Int)] = [
            ("after=2&wait=60", 2), ("after=2&wait=50", 2), ("wait=60&after=2&limit=500", 2),
            ("after=2&limit=1&wait=60", 1), ("after=2&type=promise.made&wait=60", 1),
            ("after=2&type=promise.made,case.opened&wait=60", 2), ("after=2&pretty=true&wait=60", 2),
        ]
        let followers = queries.flatMap { query in (0..<12).map { _ in (query, desk.ask("/v1/events?\(query.query)")) }
        }
        #expect(try eventually { try desk.waiting() == followers.count })
        try desk.openCase()
        let types = ["case.opened", "promise.made"]
        for (asked, follower) in followers {
            let answer = try follower.value()
            let expected =
                asked.query.contains("type=promise.made&") ? ["promise.made"] : Array(types.prefix(asked.events))
            #expect(answer["items"].items.map { $0["type"].text } == expected, "\(asked.query)")
            let next = asked.query.contains("limit=1&") ? 3 : 4
            #expect(answer["next"].integer == Int64(next), "\(asked.query)")
            let link = try #require(answer.fields["link"])
            for part in asked.query.split(separator: "&") where !part.hasPrefix("after=") && !part.contains(",") {
                #expect(link.contains(part), "\(asked.query): \(link)")
            }
            #expect(link.contains("after=\(next)>"))
        }
        // Five pages differ: by limit, and by types.
        #expect((5...(5 * Self.loops)).contains(desk.service.events.pagesRead))
    }

    @Test("share it wherever they began, when nothing was there for them in between")
    func passedOver() throws {
        let desk = try TestDesk()
        try desk.openCase()
        var followers: [Meanwhile<JSONAnswer>] = []
        for count in 1...20 {
            followers.append(desk.ask("/v1/events?after=\(2 * count)&type=promise.kept&wait=60"))
            #expect(try eventually { try desk.waiting() == count })
            try desk.openCase()
        }
        #expect(desk.service.events.pagesRead == 0)
        try desk.client.post("/v1/promises/1/keep", #"{"resolve":{"summary":"Done","customer_accepted":true}}"#)
        for follower in followers { #expect(try follower.value()["items"].items.count == 1) }
        #expect((1...Self.loops).contains(desk.service.events.pagesRead))
    }

    @Test("for what another process brings share it as well")
    func ofOthers() throws {
        let desk = try TestDesk()
        try desk.openCase()
        let followers = (0..<30).map { _ in desk.ask("/v1/events?after=2&wait=60") }
        let rare = (0..<10).map { _ in desk.ask("/v1/events?after=2&type=case.closed&wait=60") }
        #expect(try eventually { try desk.waiting() == 40 })
        try desk.openAsAnotherProcess()
        for follower in followers { #expect(try follower.value()["items"].items.count == 2) }
        #expect(desk.service.events.pagesRead == 1)
        #expect(rare.allSatisfy { !$0.isOver })
        try desk.client.post("/v1/promises/1/keep", #"{"resolve":{"summary":"Done","customer_accepted":true}}"#)
        try desk.client.post("/v1/cases/1/close", "{}")
        for follower in rare { #expect(try follower.value()["items"].items.count == 1) }
    }
}
