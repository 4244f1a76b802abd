import Dispatch
import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("What a server counts")
struct CountingTests {
    @Sendable
    static func answer(_ request: Request, _ reply: Reply<TestService.LoopState>) -> Answer {
        var answer: Answer
        switch request.path {
        case "/now": answer = .now(.text("now"))
        case "/later":
            DispatchQueue.global().async { reply.send { _ in .text("later", status: .created) } }
            answer = .later
        default: return .now(.text("", status: .notFound))
        }
        answer.route = request.path == "/now" ? 0 : 1
        return answer
    }

    @Test("is exact for every route, method and status, however many ask at once")
    func countsEach() async throws {
        try await withServer(routes: ["/now", "/later"], answer: Self.answer) { server, address in
            let clients = DispatchGroup()
            for client in 0..<8 {
                DispatchQueue(label: "client").async(group: clients) {
                    guard let connection = try? Client(address) else { return }
                    for round in 0..<50 {
                        _ = try? connection.get("/now")
                        _ = try? connection.ask("HEAD /now HTTP/1.1\r\nHost: a\r\n\r\n")
                        _ = try? connection.get("/later")
                        _ = try? connection.get("/\(client)/\(round)")
                    }
                    // The server itself turns this one down.
                    _ = try? connection.ask("GET /now HTTP/1.1\r\nHost : a\r\n\r\n")
                }
            }
            await withCheckedContinuation { continuation in
                clients.notify(queue: .global()) { continuation.resume() }
            }
            let counters = server.counters
            func answers(_ route: Int) -> [String: Int] {
                let answers = counters.routes[route].answers
                return Dictionary(uniqueKeysWithValues: answers.map { ("\($0.method) \($0.status)", $0.count) })
            }
            #expect(answers(0) == ["GET 200": 400, "HEAD 200": 400])
            #expect(answers(1) == ["GET 201": 400])
            #expect(answers(2) == ["GET 404": 400])
            #expect(counters.routes.map { $0.durations.counts.reduce(0, +) } == [800, 400, 400])
            #expect(counters.requests == 1600)
            #expect(counters.refused == ["malformed_request": 8])
            #expect(counters.accepted == 8)
        }
    }

    @Test("has requests whose client went before the answer, as 499")
    func countsTheGone() async throws {
        let held = HeldReplies()
        try await withServer(
            routes: ["/held"],
            answer: { request, reply in
                var answer = held.hold(request, reply)
                answer.route = 0
                return answer
            }
        ) { server, address in
            let client = try Client(address)
            try client.send(PipelineTests.gets(["/a", "/b"]))
            #expect(try await eventually { held.count == 2 })
            client.reset()
            #expect(try await eventually { server.counters.connections == 0 })
            for (_, reply) in held.take() { reply.send { _ in .text("too late") } }
            let answers = server.counters.routes[0].answers
            #expect(answers == [RouteCounters.Answers(method: .get, status: 499, count: 2)])
        }
    }

    @Test("has a stream once, with its status, also when its client goes amid it")
    func countsStreams() async throws {
        let source = StreamTests.Source()
        try await serving { request, _ in
            .now(source.response(count: request.path == "/short" ? 3 : 1_000_000, size: 65_536))
        } _: { server, address in
            let client = try Client(address, receiveBuffer: 4096)
            #expect(try client.get("/short").chunks.count == 3)
            #expect(try await eventually { server.counters.routes[0].answers.first?.count == 1 })
            try client.send("GET /long HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await eventually { server.counters.bytesSent > 3 * 65_536 + 1000 })
            client.reset()
            #expect(try await eventually { server.counters.connections == 0 })
            let answers = server.counters.routes[0].answers
            #expect(answers == [RouteCounters.Answers(method: .get, status: 200, count: 2)])
        }
    }

    @Test("puts a duration under its bound, the bound included")
    func histogram() {
        var histogram = Histogram()
        for duration: Int64 in [0, 500_000, 500_001, 1_000_000, 10_000_000_000, 10_000_000_001] {
            histogram.add(duration)
        }
        var expected = [Int](repeating: 0, count: 15)
        expected[0] = 2
        expected[1] = 2
        expected[13] = 1
        expected[14] = 1
        #expect(histogram.counts == expected)
        #expect(histogram.sum == 20_002_000_002)
        histogram += histogram
        #expect(histogram.counts == expected.map { $0 * 2 })
    }
}
