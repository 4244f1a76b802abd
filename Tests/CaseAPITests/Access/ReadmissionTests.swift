import CaseStore
import Complaints
import Dispatch
import Foundation
import HTTPServer
import Logging
import Synchronization
import TestSupport
import Testing

@testable import CaseAPI

/// Whoever was let in is looked at again before anything is done for them later.
@Suite("Tokens that end while something is under way")
struct ReadmissionTests {
    /// How a token comes to its end.
    enum End: CaseIterable {
        case revoked, expired
    }

    private let recorder = LogRecorder()
    private let desk: TestDesk
    /// Whose token will end.
    private let client: TestClient
    private let id: Int64
    /// Whose token will not.
    private let other: TestClient

    init() throws {
        desk = try TestDesk(logger: recorder.logger())
        var (client, other) = (desk.client, desk.client)
        other.standing["Authorization"] = try desk.token(.admin, name: "other").field
        let token = try desk.token(.admin, name: "ending", expiresAt: desk.clock.now + .hours(1))
        id = token.id
        client.standing["Authorization"] = token.field
        self.client = client
        self.other = other
    }

    /// That a token was made or revoked is an event, too.
    private static let waiting = "/v1/events?type=case.opened,promise.made&wait=60"

    private func end(_ end: End) throws {
        switch end {
        case .revoked: _ = try desk.store.write { [id] in try $0.revokeToken(id) }
        case .expired:
            desk.clock.advance(by: .hours(2))
            desk.service.events.lookAtClock()
        }
    }

    /// Holds a batch until it is told to go on; `work` is a part of it.
    private func holding(
        _ work: @escaping @Sendable (WriteTransaction) throws -> Void = { _ in }, _ meanwhile: (Instant) throws -> Void
    ) throws {
        let stamp = Mutex<Instant?>(nil)
        let mayEnd = DispatchSemaphore(value: 0)
        let store = desk.store
        let batch = Meanwhile {
            try store.write { transaction in
                try work(transaction)
                stamp.withLock { $0 = transaction.now }
                mayEnd.wait()
            }
        }
        #expect(eventually { stamp.withLock(\.self) != nil })
        try meanwhile(stamp.withLock(\.self)!)
        mayEnd.signal()
        try batch.value()
    }

    private func ask(_ target: String, as client: TestClient? = nil) -> Meanwhile<JSONAnswer> {
        let client = client ?? self.client
        return Meanwhile { try client.get(target) }
    }

    /// The service's events wait for so many.
    private func expectWaiting(_ count: Int) {
        #expect(eventually { desk.service.events.depth == count })
    }

    @Test(
        "a follower is told 401 then, and not when something comes; who waits beside them goes on",
        arguments: End.allCases)
    func follower(how: End) throws {
        let longer = ask(Self.waiting, as: other)
        expectWaiting(1)
        let answer = ask(Self.waiting)
        expectWaiting(2)
        try end(how)
        // Who came first would be the first to be told that nothing came in time.
        expectWaiting(1)
        let told = try answer.value()
        #expect(told.status == 401 && told.code == "unauthenticated")
        #expect(told["items"] == .null && told.fields["www-authenticate"] == "Bearer")
        #expect(!longer.isOver)
        try desk.openCases(1)
        #expect(try longer.value()["items"].items.count == 2)
    }

    @Test("a follower is told 401 by the batch that brings events and takes the token")
    func sameBatch() throws {
        let (answer, longer) = (ask(Self.waiting), ask(Self.waiting, as: other))
        expectWaiting(2)
        try desk.store.write { [id] transaction in
            let request = CaseRequest(complaint: "It leaks.", customer: .new(CustomerFields(name: "Ann")))
            _ = try transaction.openCase(Incoming(request), by: .policy)
            _ = try transaction.revokeToken(id)
        }
        #expect(try answer.value().status == 401)
        #expect(try longer.value()["items"].items.count == 2)
    }

    @Test("a follower whose token ends before they begin to wait does not begin", arguments: End.allCases)
    func beforeWaiting(how: End) throws {
        let desk = try TestDesk(loopWorkLimit: 1000)
        var (client, other) = (desk.client, desk.client)
        other.standing["Authorization"] = try desk.token(.admin, name: "other").field
        let token = try desk.token(.admin, name: "ending", expiresAt: desk.clock.now + .hours(1))
        client.standing["Authorization"] = token.field
        try desk.openCases(200)
        let longer = ask("/v1/events?after=402&type=case.opened&wait=60", as: other)
        #expect(eventually { desk.service.events.depth == 1 })
        // What they ask for is looked for where reports are, and that is held up.
        let goOn = DispatchSemaphore(value: 0)
        try desk.service.reports.submit { goOn.wait() }
        let answer = ask("/v1/events?type=case.closed&wait=60", as: client)
        #expect(eventually { desk.service.events.depth == 2 })
        switch how {
        case .revoked: _ = try desk.store.write { try $0.revokeToken(token.id) }
        case .expired: desk.clock.advance(by: .hours(2))
        }
        goOn.signal()
        if how == .expired {
            #expect(eventually { desk.service.reports.depth == 0 })
            desk.service.events.lookAtClock()
        }
        #expect(eventually { desk.service.events.depth == 1 })
        #expect(try answer.value().status == 401)
        #expect(!longer.isOver)
        try desk.openCases(1)
        #expect(try longer.value().status == 200)
    }

    @Test("answers that are there, but not out, as another goes before them, are not told", arguments: End.allCases)
    func held(how: End) throws {
        try desk.openCases(3)
        try desk.nameKim()
        let last = try #require(try client.get("/v1/events?limit=500")["next"].integer)
        let targets = ReadTarget.all.map { $0.path == "/v1/events" ? $0.path : $0.with("") }
        let batches = stride(from: 0, to: targets.count, by: 15).map {
            Array(targets[$0..<min($0 + 15, targets.count)])
        }
        let asked = batches.count + targets.count
        let before = desk.service.meters.withLock { $0[0] }.read().requests
        let answers = batches.map { batch in
            let waiting = "/v1/events?after=\(last)&wait=60"
            let head = "HTTP/1.1\r\nHost: localhost\r\nAuthorization: \(client.standing["Authorization"] ?? "")\r\n"
            var requests = ([waiting] + batch).map { "GET \($0) \(head)" }
            requests[batch.count] += "Connection: close\r\n"
            let bytes = Array(requests.map { $0 + "\r\n" }.joined().utf8)
            return Meanwhile { [client] in String(decoding: try client.exchange(bytes), as: UTF8.self) }
        }
        #expect(
            eventually {
                let requests = desk.service.meters.withLock { $0[0] }.read().requests - before
                return requests == asked && desk.service.events.depth == batches.count
                    && desk.service.reports.depth == 0
            })
        try end(how)
        for (batch, answer) in zip(batches, answers) {
            let statuses = try answer.value().matches(of: /HTTP\/1.1 (\d+)/).map(\.1)
            #expect(statuses == (0...batch.count).map { _ in "401" }, "\(batch)")
        }
    }

    @Test(
        "a report that has waited for its turn is not told", arguments: End.allCases,
        ["/v1/reports/load", "/v1/cases?format=csv"])
    func report(how: End, target: String) throws {
        try desk.openCases(3)
        let goOn = DispatchSemaphore(value: 0)
        try desk.service.reports.submit { goOn.wait() }
        let answer = ask(target)
        #expect(eventually { desk.service.reports.depth == 2 })
        try end(how)
        goOn.signal()
        #expect(try answer.value().status == 401)
    }

    @Test("a read that has waited for a batch is not told what is in it")
    func afterBatch() throws {
        var answer: Meanwhile<JSONAnswer>?
        try holding { [id] in
            _ = try $0.revokeToken(id)
        } _: { stamp in
            answer = ask("/v1/cases?as_of=\(stamp.rfc3339)")
            #expect(eventually { desk.service.closing.depth == 1 })
        }
        #expect(try #require(answer).value().status == 401)
    }

    @Test(
        "a change that has waited for a batch in which its token was revoked is not made",
        arguments: ["/v1/cases", "/v1/cases/bulk", "/v1/tokens"])
    func change(path: String) throws {
        let one = #"{"complaint":"x","customer":{"name":"y"}}"#
        let bodies = [
            "/v1/cases": one, "/v1/cases/bulk": #"{"items":[\#(one)]}"#, "/v1/tokens": #"{"name":"x","role":"admin"}"#,
        ]
        let body = try #require(bodies[path])
        // A batch in which the token is revoked, held until the change waits behind it.
        let mayEnd = DispatchSemaphore(value: 0)
        let hasBegun = DispatchSemaphore(value: 0)
        try desk.service.writer.submit(
            unawaited: { [id] transaction in
                _ = try transaction.revokeToken(id)
                hasBegun.signal()
                mayEnd.wait()
            }, failed: { Issue.record($0) })
        hasBegun.wait()
        let answer = Meanwhile { [client] in try client.post(path, body, fields: ["Idempotency-Key": "k"]) }
        #expect(eventually { desk.service.writer.depth == 1 })
        mayEnd.signal()
        let told = try answer.value()
        #expect(told.status == 401 && told.code == "unauthenticated")
        try desk.store.makeReader().read { transaction throws in
            #expect(try transaction.cases(CaseFilter(), PageRequest(limit: 9)).total == 0)
            #expect(try transaction.tokens().count == 2)
        }
    }

    /// Where a request waits for its turn before the writer comes to it.
    enum Turn: CaseIterable {
        /// Its body is long, and another is read before it.
        case body
        /// The same, and it is none that could be taken.
        case badBody
        /// It brings much at once, and another does before it.
        case bulk
    }

    @Test("what has waited for others before it came to the writer is not done", arguments: End.allCases, Turn.allCases)
    func turn(how: End, turn: Turn) throws {
        let goOn = DispatchSemaphore(value: 0)
        let words = String(repeating: "It leaks. ", count: turn == .bulk ? 1 : 900)
        let one = #"{"complaint":"\#(words)","customer":{"name":"y"}}"#
        // A name that stands there twice is refused once the body is read.
        let bodies: [Turn: (path: String, body: String)] = [
            .body: ("/v1/cases/bulk", #"{"items":[\#(Array(repeating: one, count: 10).joined(separator: ","))]}"#),
            .badBody: ("/v1/cases", #"{"complaint":"\#(String(repeating: "x", count: 100_000))","complaint":""}"#),
            .bulk: ("/v1/cases/bulk", #"{"items":[\#(one)]}"#),
        ]
        let (path, body) = try #require(bodies[turn])
        switch turn {
        case .body, .badBody: try desk.service.bodies.submit(1) { goOn.wait() }
        case .bulk:
            try desk.service.bulks.submit { isDone in
                goOn.wait()
                isDone()
            }
        }
        let before = desk.service.meters.withLock { $0[0] }.read().requests
        let answer = Meanwhile { [client] in try client.post(path, body) }
        #expect(eventually { desk.service.meters.withLock { $0[0] }.read().requests == before + 1 })
        try end(how)
        goOn.signal()
        let told = try answer.value()
        #expect(told.status == 401 && told.code == "unauthenticated")
        try desk.store.makeReader().read { transaction throws in
            #expect(try transaction.cases(CaseFilter(), PageRequest(limit: 9)).total == 0)
        }
    }

    @Test("one of a time without tokens is over with the first token")
    func firstToken() throws {
        let desk = try TestDesk()
        let answer = desk.ask("/v1/events?wait=60")
        #expect(eventually { desk.service.events.depth == 1 })
        _ = try desk.token(.admin)
        #expect(eventually { desk.service.events.depth == 0 })
        #expect(try answer.value().status == 401)
    }

    /// A token that ends, or a client that leaves.
    static let cuts: [(how: End?, coding: String)] = [
        (.revoked, "identity"), (.revoked, "gzip"), (.expired, "identity"), (nil, "identity"), (nil, "gzip"),
    ]

    @Test("an export is cut at its next piece, does not look whole, and is no failure in the log", arguments: cuts)
    func export(how: End?, coding: String) throws {
        // More than the sockets hold, of a kind that gzip makes little of: it looks back 32 KiB.
        var random = SeededRandom(3)
        let texts = (0..<20).map { _ in
            String(decoding: (0..<12_000).map { _ in UInt8.random(in: 0x61...0x7A, using: &random) }, as: UTF8.self)
        }
        try desk.store.write { transaction in
            for index in 0..<1000 {
                let request = CaseRequest(
                    complaint: texts[index % texts.count], customer: .new(CustomerFields(name: "C\(index)")))
                _ = try transaction.openCase(Incoming(request), by: .policy)
            }
        }
        let descriptor = try client.connect()
        defer { if how != nil { close(descriptor) } }
        var size: Int32 = 65_536
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        let request = """
            GET /v1/cases?format=csv HTTP/1.1\r\nHost: localhost\r\n\
            Authorization: \(client.standing["Authorization"] ?? "")\r\n\
            Accept-Encoding: \(coding)\r\nConnection: close\r\n\r\n
            """
        #expect(Glibc.send(descriptor, request, request.utf8.count, 0) == request.utf8.count)
        var heard = [UInt8](repeating: 0, count: 65_536)
        var count = recv(descriptor, &heard, 100, 0)
        #expect(String(decoding: heard.prefix(count), as: UTF8.self).hasPrefix("HTTP/1.1 200"))
        var total = 0
        var last: [UInt8] = []
        if let how {
            try end(how)
        } else {
            // With bytes that nobody has read: the peer is told at once that nobody will.
            close(descriptor)
        }
        while how != nil {
            count = recv(descriptor, &heard, heard.count, 0)
            guard count > 0 else { break }
            total += count
            last = Array((last + heard.prefix(count)).suffix(7))
        }
        #expect(coding == "gzip" || total < 12_000_000)
        #expect(String(decoding: last, as: UTF8.self) != "\r\n0\r\n\r\n")
        var line: LogRecorder.Line?
        #expect(
            eventually {
                line = recorder.lines.first { $0.message == "request" && $0.metadata["cut"] == "true" }
                return line != nil
            })
        let said = try #require(line)
        #expect(said.level == .info && said.metadata["reason"] == (how == nil ? "client_gone" : "unauthenticated"))
        #expect(said.metadata["status"] == "200" && said.metadata["bytes"].flatMap { Int($0) } != nil)
        #expect(!recorder.lines.contains { $0.level > .info })
    }
}
