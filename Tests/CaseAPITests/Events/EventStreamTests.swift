import Complaints
import Foundation
import HTTPServer
import Synchronization
import TestSupport
import Testing

@testable import CaseAPI
@testable import CaseStore

@Suite("A stream of events")
struct EventStreamTests {
    @Test("brings what there is and then what comes, each with its id and as a line of JSON")
    func live() throws {
        let desk = try TestDesk()
        try desk.openCase()
        let stream = try StreamReader(desk, "/v1/events", ["Accept-Encoding: gzip"])
        #expect(stream.ids(2) == [1, 2])
        try desk.openCase()
        #expect(stream.ids(4) == [1, 2, 3, 4])
        try desk.openAsAnotherProcess()
        #expect(stream.ids(6) == [1, 2, 3, 4, 5, 6])
        let feed = try desk.client.get("/v1/events")["items"].items
        #expect(try stream.events == feed)
        let head = stream.text.components(separatedBy: "\r\n\r\n")[0].lowercased()
        for line in [
            "content-type: text/event-stream", "cache-control: no-store", "x-accel-buffering: no",
            "vary: accept-encoding, accept",
        ] {
            #expect(head.contains("\r\n\(line)"))
        }
        #expect(!head.contains("content-encoding"), "each is wanted at once")
    }

    @Test("goes on after Last-Event-ID, which goes before after, as a client sends both that has lost it")
    func resumed() throws {
        let desk = try TestDesk()
        try desk.openCases(3)
        #expect(try StreamReader(desk, "/v1/events?after=4").ids(2) == [5, 6])
        #expect(try StreamReader(desk, "/v1/events?after=0", ["Last-Event-ID: 2"]).ids(4) == [3, 4, 5, 6])
        let page = try desk.client.get("/v1/events?after=0&limit=1", fields: ["Last-Event-ID": "2"])
        #expect(page["items"].items.map { $0["id"].integer } == [3], "nor does it as JSON")
    }

    @Test("brings what was asked for alone, with the members that were, and be it rare")
    func filtered() throws {
        let desk = try TestDesk()
        try desk.openCases(2)
        let rare = try StreamReader(desk, "/v1/events?type=case.closed&fields=type,case_id")
        let mine = try StreamReader(desk, "/v1/events?actor=local&type=case.opened&allow_unknown=true")
        #expect(eventually { desk.service.events.depth == 2 })
        try desk.openCase()
        try desk.client.post("/v1/promises/1/keep", #"{"resolve":{"summary":"Done","customer_accepted":true}}"#)
        try desk.client.post("/v1/cases/1/close", "{}")
        #expect(rare.ids(1).count == 1)
        #expect(rare.text.hasSuffix(#"data: {"type":"case.closed","case_id":1}"# + "\n\n"))
        #expect(mine.ids(1) == [5], "others were opened by the policy")
    }

    @Test("is refused where it can't be one")
    func refused() throws {
        let desk = try TestDesk()
        let stream = ["Accept": "text/event-stream"]
        let endless = try desk.client.get("/v1/events?limit=5&wait=3&period=today&tz=UTC", fields: stream)
        #expect(endless.status == 400)
        #expect(endless["errors"].items.map { $0["parameter"].text } == ["limit", "wait", "period"])
        let then = try desk.client.get("/v1/events?as_of=2026-01-01T00:00:00Z", fields: stream)
        #expect(then.status == 400 && then["errors"][0]["parameter"].text == "as_of")
        for id in ["x", "-1", "1.0", "99999999999999999999", "1, 2", "é"] {
            let answer = try desk.client.get("/v1/events", fields: stream.merging(["Last-Event-ID": id]) { $1 })
            #expect(answer.status == 400 && answer["errors"][0]["parameter"].text == "Last-Event-ID", "\(id)")
        }
        let unknown = try desk.client.get("/v1/events", fields: stream.merging(["Last-Event-ID": "7"]) { $1 })
        #expect(unknown.status == 400 && unknown["errors"][0]["code"].text == "out_of_range")
        let stranger = try desk.client.get("/v1/events?actor=Nobody", fields: stream)
        #expect(stranger.status == 400 && stranger["errors"][0]["code"].text == "unknown_value")
        _ = try desk.token(.reader)
        let nobody = try desk.client.get("/v1/events", fields: stream)
        #expect(nobody.status == 401 && nobody.fields["content-type"] == "application/problem+json")
        #expect(desk.service.events.depth == 0)
    }

    @Test(
        "is for who accepts nothing better",
        arguments: [
            ("text/event-stream", "text/event-stream"),
            ("TEXT/event-stream; q=0.2, text/csv;q=0.1", "text/event-stream"),
            ("text/event-stream, application/json;q=0.9", "text/event-stream"),
            ("text/event-stream;q=0.1, application/json", "application/json"),
            ("text/event-stream;q=0.5, */*", "application/json"), ("*/*", "application/json"),
            ("text/event-stream;q=0", nil), ("text/html", nil),
        ])
    func negotiated(accept: String, form: String?) throws {
        let desk = try TestDesk()
        let answer = try desk.client.send("HEAD", "/v1/events", fields: ["Accept": accept])
        #expect(answer.status == (form == nil ? 406 : 200))
        if let form { #expect(answer.fields["content-type"] == form) }
        let elsewhere = try desk.client.get("/v1/cases", fields: ["Accept": "text/event-stream"])
        #expect(elsewhere.status == 406)
        let json = try desk.client.get("/v1/events?format=json", fields: ["Accept": accept])
        #expect(json.status == 200 && json["items"].items == [], "format goes before Accept")
    }

    @Test("takes a place of those who wait for as long as somebody has it")
    func bound() throws {
        let desk = try TestDesk(eventQueue: 2)
        var streams = try (0..<2).map { _ in try StreamReader(desk) }
        #expect(try eventually { try desk.waiting() == 2 })
        let refused = try desk.client.get("/v1/events", fields: ["Accept": "text/event-stream"])
        #expect(refused.status == 503 && refused.code == "busy")
        streams.removeFirst()
        #expect(try eventually { try desk.waiting() == 1 })
        let head = try desk.client.send("HEAD", "/v1/events", fields: ["Accept": "text/event-stream"])
        #expect(head.status == 200 && head.fields["content-type"] == "text/event-stream")
        #expect(try eventually { try desk.waiting() == 1 })
        let other = try StreamReader(desk)
        try desk.openCase()
        #expect(other.ids(2) == [1, 2] && streams[0].ids(2) == [1, 2])
    }

    @Test("says that it is there while nothing comes, and goes on after that")
    func heartbeat() throws {
        let desk = try TestDesk(streamPause: 1)
        try desk.openCase()
        let stream = try StreamReader(desk, "/v1/events?type=case.opened")
        #expect(stream.read { stream.text.contains("}\n\n:\n:\n") })
        try desk.openCase()
        #expect(stream.ids(2) == [1, 3])
    }

    @Test("ends whole with the service, so that its client takes it up at the next one")
    func stopped() throws {
        let desk = try TestDesk()
        try desk.openCase()
        let stream = try StreamReader(desk)
        let head = "GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
        let client = desk.client
        let chunked = Meanwhile { String(decoding: try client.exchange(Array(head.utf8)), as: UTF8.self) }
        #expect(stream.ids(2) == [1, 2])
        #expect(try eventually { try desk.waiting() == 2 })
        desk.stop()
        #expect(stream.readToEnd().hasSuffix("}\n\n"))
        #expect(try chunked.value().hasSuffix("}\n\n\r\n0\r\n\r\n"))
    }

    @Test("ends for whom it is for no longer, and for nobody else", arguments: [true, false])
    func revoked(byRevocation: Bool) throws {
        let desk = try TestDesk()
        let admin = try desk.token(.admin, name: "admin")
        let reader = try desk.token(
            .reader, name: "reader", expiresAt: byRevocation ? nil : desk.clock.now + .minutes(10))
        func stream(_ field: String) throws -> StreamReader {
            try StreamReader(desk, "/v1/events?type=case.opened", ["Authorization: \(field)"])
        }
        let (stays, ends) = (try stream(admin.field), try stream(reader.field))
        #expect(eventually { desk.service.events.depth == 2 })
        var client = desk.client
        client.standing = ["Authorization": admin.field]
        let body = #"{"complaint":"It leaks.","customer":{"name":"Ann"}}"#
        try client.post("/v1/cases", body)
        #expect(stays.ids(1).count == 1 && ends.ids(1).count == 1)
        if byRevocation {
            try client.post("/v1/tokens/\(reader.id)/revoke", "{}")
        } else {
            desk.clock.advance(by: .minutes(11))
            desk.service.events.lookAtClock()
        }
        #expect(ends.readToEnd().ranges(of: "data: ").count == 1)
        try client.post("/v1/cases", body)
        #expect(stays.ids(2).count == 2)
    }

    @Test("misses nothing and brings nothing twice, however much comes at once, to all alike")
    func complete() throws {
        let desk = try TestDesk()
        let (bulk, writers, cases) = (200, 3, 30)
        let events = Int64(2 * (bulk + writers * cases))
        let streams = (0..<20).map { number in
            Meanwhile {
                let isNarrow = number % 4 == 3
                let stream = try StreamReader(desk, isNarrow ? "/v1/events?type=case.opened" : "/v1/events")
                return stream.ids(isNarrow ? Int(events) / 2 : Int(events))
            }
        }
        try desk.openCases(bulk)
        let work = (0..<writers).map { _ in Meanwhile { for _ in 0..<cases { try desk.openCase() } } }
        for writer in work { try writer.value() }
        for (number, stream) in streams.enumerated() {
            let ids = try stream.value()
            if number % 4 == 3 {
                #expect(ids.count == Int(events) / 2 && ids == Set(ids).sorted())
            } else {
                #expect(ids == Array(1...events))
            }
        }
    }

    @Test("brings the rest of a commit, too, of which it had read a part before that was known")
    func partlyKnown() throws {
        let desk = try TestDesk()
        try desk.openCase()
        try desk.openUnnoticed(20)
        let stream = try StreamReader(desk)
        // It is behind what is known, so all that is on disk is read for it, a piece of it at a time.
        #expect(stream.ids(3).starts(with: [1, 2, 3]))
        let commit = CommittedChanges(
            stamp: desk.clock.now, events: 3...42, types: EventTypes([.caseOpened, .promiseMade]), earliestWake: nil,
            touchesTokens: false, touchesWebhooks: false)
        #expect(eventually { desk.service.events.state.withLock { !$0.waiting.isEmpty } })
        desk.service.events.committed(commit)
        #expect(stream.ids(42) == Array(1...42))
    }

    @Test("is found out elsewhere to be one when that is too much work for a loop, and refused there as well")
    func elsewhere() throws {
        let desk = try TestDesk(loopWorkLimit: 1)
        try desk.openCase()
        let stream = try StreamReader(desk, "/v1/events?actor=local&type=promise.made")
        #expect(stream.ids(1) == [2])
        let refused = try desk.client.get("/v1/events?after=7", fields: ["Accept": "text/event-stream"])
        #expect(refused.status == 400 && refused["errors"][0]["parameter"].text == "after")
        #expect(try eventually { try desk.waiting() == 1 })
    }

    @Test("is cut off when nothing is taken of it, and goes on where it was then, with nothing lost and nothing twice")
    func slow() throws {
        let desk = try TestDesk {
            $0.timeouts.write.grace = .milliseconds(100)
            $0.unsentBytes = 4096
        }
        let slow = try StreamReader(desk)
        #expect(eventually { desk.service.events.depth == 1 })
        var events = 0
        let isCut = try eventually {
            try desk.openCases(50)
            events += 100
            return desk.service.events.depth == 0
        }
        #expect(isCut)
        _ = slow.readToEnd()
        let told = slow.ids
        #expect(told.count < events)
        let later = try StreamReader(desk, "/v1/events", ["Last-Event-ID: \(told.last ?? 0)"])
        #expect(told + later.ids(events - told.count) == Array(1...Int64(events)))
    }

    @Test("has a piece of no more than 4 KiB on its way, or an event that is longer by itself")
    func pieces() throws {
        let desk = try TestDesk()
        try desk.openCases(20)
        let what = String(repeating: "w", count: 4000)
        try desk.openCase(
            #"{"complaint":"It leaks.","customer":{"name":"Ann"},"promise":{"what":"\#(what)","due_in":"P1D"}}"#)
        let page = try desk.store.makeReader().read { try $0.events(after: 0, types: [], limit: 100) }
        var (after, pieces): (Int64, [Int]) = (0, [])
        while after < page.count {
            let rest = EventPage(items: Array(page[Int(after)...]), next: Int64(page.count))
            let piece = EventStream.piece(rest, nil)
            let bytes = try #require(piece.bytes)
            let text = String(decoding: bytes, as: UTF8.self)
            let ids = text.matches(of: /(?m)^id: (\d+)$/).compactMap { Int64($0.1) }
            #expect(ids == Array(after + 1...piece.next))
            #expect(bytes.count <= 4096 || ids.count == 1)
            pieces.append(ids.count)
            after = piece.next
        }
        #expect(pieces.contains(1) && pieces[0] > 1)
    }

    @Test("shares what is read for it with others at the same place")
    func shared() throws {
        let desk = try TestDesk()
        let streams = try (0..<50).map { _ in try StreamReader(desk) }
        #expect(eventually { desk.service.events.depth == 50 })
        try desk.openCase()
        for stream in streams { #expect(stream.ids(2) == [1, 2]) }
        #expect(desk.service.events.pagesRead < 50)
    }
}
