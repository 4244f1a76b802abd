import Dispatch
import HTTPServer
import HTTPTypes
import Synchronization
import Testing

@Suite("A pipeline of requests")
struct PipelineTests {
    static func gets(_ paths: [String]) -> String {
        paths.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
    }

    @Test("is answered in order, whether answers come at once or later")
    func keepsOrder() async throws {
        try await serving { request, reply in
            let path = request.path
            if path.hasPrefix("/now") { return .now(.text(path)) }
            let delay = DispatchTimeInterval.milliseconds(path.hasPrefix("/slow") ? 20 : 1)
            DispatchQueue.global().asyncAfter(deadline: .now() + delay) { reply.send { _ in .text(path) } }
            return .later
        } _: { _, address in
            let client = try Client(address)
            let paths = (0..<200).map { ["/now/", "/slow/", "/soon/"][$0 % 3] + String($0) }
            try client.send(Self.gets(paths))
            for path in paths { #expect(try client.readAnswer().body == path) }
        }
    }

    @Test("has nothing begun behind a request that goes first, until it is answered")
    func goesFirst() async throws {
        let held = HeldReplies()
        try await serving { request, reply in
            guard request.path == "/first" else { return .now(.text(request.path)) }
            var answer = held.hold(request, reply)
            answer.goesFirst = true
            return answer
        } _: { server, address in
            let client = try Client(address)
            try client.send(Self.gets(["/a", "/first", "/b", "/first", "/c"]))
            #expect(try client.readAnswer().body == "/a")
            for (number, next) in ["/b", "/c"].enumerated() {
                #expect(try await eventually { held.count == 1 })
                try await Task.sleep(for: .milliseconds(30))
                #expect(server.counters.requests == 2 + 2 * number)
                for (path, reply) in held.take() { reply.send { _ in .text(path) } }
                #expect(try client.readAnswer().body == "/first")
                #expect(try client.readAnswer().body == next)
            }
        }
    }

    @Test("has changes begun at once, and what only asks behind them once all of them are answered")
    func asksBehindChanges() async throws {
        let held = HeldReplies()
        try await serving { request, reply in
            request.method == .post ? held.hold(request, reply) : .now(.text(request.path))
        } _: { server, address in
            let client = try Client(address)
            let posts = ["/a", "/b"].map { "POST \($0) HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n" }.joined()
            try client.send(posts + Self.gets(["/c"]) + posts)
            #expect(try await eventually { held.count == 2 })
            // The later of the two: what comes behind still waits for the other.
            let replies = held.take().sorted { $0.path > $1.path }
            for (path, reply) in replies {
                try await Task.sleep(for: .milliseconds(30))
                #expect(server.counters.requests == 2)
                reply.send { _ in .text(path) }
            }
            for body in ["/a", "/b", "/c"] { #expect(try client.readAnswer().body == body) }
            #expect(try await eventually { held.count == 2 })
            for (path, reply) in held.take() { reply.send { _ in .text(path) } }
            for body in ["/a", "/b"] { #expect(try client.readAnswer().body == body) }
        }
    }

    @Test("of hundreds is answered whole, though only some may wait at a time")
    func boundsInFlight() async throws {
        let held = HeldReplies()
        try await withServer {
            $0.pipelinedRequests = 4
        } answer: {
            held.hold($0, $1)
        } _: { server, address in
            let client = try Client(address)
            let paths = (0..<300).map { "/\($0)" }
            try client.send(Self.gets(paths))
            var answered = 0
            while answered < paths.count {
                #expect(try await eventually { held.count == min(4, paths.count - answered) })
                #expect(server.counters.requests <= answered + 4)
                // The newest first: the order of the answers must not care.
                let batch = held.take().reversed().map { path, reply in reply.prepared { _ in .text(path) } }
                Reply.send(Array(batch))
                for _ in batch {
                    #expect(try client.readAnswer().body == paths[answered])
                    answered += 1
                }
            }
        }
    }

    @Test("whose answers nobody reads stops being taken, and goes on when they are read")
    func boundsOutput() async throws {
        let big = String(repeating: "x", count: 100_000)
        try await withServer {
            $0.unsentBytes = 200_000
        } answer: { _, _ in
            .now(.text(big))
        } _: { server, address in
            let client = try Client(address, receiveBuffer: 4096)
            let count = 400
            try client.send(Self.gets(Array(repeating: "/", count: count)))
            #expect(try await eventually { server.counters.requests > 0 })
            try await Task.sleep(for: .milliseconds(200))
            // 40 MB would be owed; the sockets' buffers and the bound hold far less.
            #expect(server.counters.requests < 200)
            for _ in 0..<count { #expect(try client.readAnswer().body.utf8.count == big.utf8.count) }
        }
    }

    @Test("gives late answers the state of the connection's own loop")
    func usesLoopState() async throws {
        let held = HeldReplies()
        try await withServer {
            $0.loops = 1
        } answer: {
            held.hold($0, $1)
        } _: { _, address in
            let clients = try (0..<3).map { _ in try Client(address) }
            for client in clients { try client.send(Self.gets(["/"])) }
            #expect(try await eventually { held.count == 3 })
            Reply.send(held.take().map { $0.reply.prepared { state in .text("\(state.requests)") } })
            for client in clients { #expect(try client.readAnswer().body == "3") }
        }
    }

    @Test("ignores a second answer to the same request")
    func ignoresSecondAnswers() async throws {
        try await serving { request, reply in
            if request.path == "/both" {
                reply.send { _ in .text("late") }
                return .now(.text("now"))
            }
            for text in ["first", "second"] { reply.send { _ in .text(text) } }
            return .later
        } _: { _, address in
            let client = try Client(address)
            #expect(try client.get("/twice").body == "first")
            #expect(try client.get("/both").body == "now")
            #expect(try client.get("/twice").body == "first")
        }
    }

    @Test("that has gone takes its late answers nowhere")
    func lateForNobody() async throws {
        let held = HeldReplies()
        let made = Atomic(0)
        try await withServer {
            $0.loops = 1
        } answer: { request, reply in
            request.path == "/held" ? held.hold(request, reply) : .now(.text("fine"))
        } _: { server, address in
            let client = try Client(address)
            try client.send(Self.gets(["/held"]))
            #expect(try await eventually { held.count == 1 })
            client.reset()
            #expect(try await eventually { server.counters.connections == 0 })
            // The next connection has the place of the one that has gone, but not its answer.
            let next = try Client(address)
            #expect(try next.get("/").body == "fine")
            held.take()[0].reply.send { _ in
                made.add(1, ordering: .relaxed)
                return .text("for nobody")
            }
            #expect(try next.get("/").body == "fine")
            #expect(made.load(ordering: .relaxed) == 0)
        }
    }
}
