import Dispatch
import HTTPTypes
import Logging
import Synchronization
import Testing

@testable import HTTPServer

@Suite("A server")
struct ServerTests {
    struct NoState: Error {}

    struct StatelessService: Service {
        func makeLoopState() throws { throw NoState() }
        func respond(to request: Request, state: Void, reply: Reply<Void>) -> Answer { .now(.text("")) }
        func response(to refusal: ServerRefusal, requestID: String) -> Response { .text("") }
    }

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test("says what is in the way when it cannot listen")
    func explainsStartErrors() async throws {
        try await withServer { server, address in
            func start(_ listen: ListenAddress) throws {
                let service = TestService { _, _ in .now(.text("")) }
                _ = try Server(service: service, configuration: .init(listen: listen), logger: Self.logger).start()
            }
            let taken = ListenAddress(host: address.host, port: address.port)
            #expect(throws: StartError.addressInUse(taken)) { try start(taken) }
            let foreign = ListenAddress(host: "192.0.2.1", port: 0)
            #expect(throws: StartError.addressNotAvailable(foreign)) { try start(foreign) }
            #expect(throws: StartError.self) { try start(ListenAddress(host: "no.such.host.invalid", port: 0)) }
            #expect(throws: StartError.alreadyStarted) { _ = try server.start() }
        }
    }

    @Test("does not start without its loops' state")
    func needsLoopState() {
        let configuration = ServerConfiguration(listen: ListenAddress(host: "127.0.0.1", port: 0))
        let server = Server(service: StatelessService(), configuration: configuration, logger: Self.logger)
        #expect(throws: NoState.self) { _ = try server.start() }
    }

    @Test("that stops closes idle connections, and lets nobody new in")
    func closesIdleOnShutdown() async throws {
        try await withServer { server, address in
            let client = try Client(address)
            #expect(try client.get("/").status == 200)
            await server.shutdown()
            #expect(try client.isAtEnd())
            #expect(throws: Client.Failed.self) { try Client(address) }
            #expect(server.counters.connections == 0)
        }
    }

    @Test("that stops finishes what is in flight, and says that it closes")
    func finishesOnShutdown() async throws {
        let held = HeldReplies()
        try await serving {
            held.hold($0, $1)
        } _: { server, address in
            let client = try Client(address)
            try client.send(PipelineTests.gets(["/a", "/b"]))
            #expect(try await eventually { held.count == 2 })
            async let stopped: Void = server.shutdown()
            #expect(try await eventually { (try? Client(address)) == nil })
            for (path, reply) in held.take() { reply.send { _ in .text(path) } }
            let first = try client.readAnswer()
            #expect(first.body == "/a")
            #expect(first.fields["connection"] == nil)
            let last = try client.readAnswer()
            #expect(last.body == "/b")
            #expect(last.fields["connection"] == "close")
            #expect(try client.isAtEnd())
            await stopped
        }
    }

    @Test("that stops finishes a request that is still coming")
    func finishesHalfRequests() async throws {
        try await withServer { server, address in
            let client = try Client(address)
            try client.send("GET /a HTTP/1.1\r\nHost:")
            #expect(try await eventually { server.counters.bytesReceived > 0 })
            async let stopped: Void = server.shutdown()
            #expect(try await eventually { (try? Client(address)) == nil })
            let answer = try client.ask(" a\r\n\r\n")
            #expect(answer.body == "/a")
            #expect(answer.fields["connection"] == "close")
            #expect(try client.isAtEnd())
            await stopped
        }
    }

    @Test("that stops cuts off at the drain limit what does not finish")
    func keepsTheDrainLimit() async throws {
        let held = HeldReplies()
        try await withServer {
            $0.timeouts.drain = .milliseconds(100)
        } answer: {
            held.hold($0, $1)
        } _: { server, address in
            let client = try Client(address)
            try client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await eventually { held.count == 1 })
            await server.shutdown()
            #expect(try client.isAtEnd())
            // Too late, and harmless.
            held.take()[0].reply.send { _ in .text("a") }
        }
    }

    @Test("that stops under load answers every request it has taken, and resets nobody")
    func losesNothingUnderLoad() async throws {
        try await serving { request, reply in
            DispatchQueue.global().async { reply.send { _ in .text("ok") } }
            return .later
        } _: { server, address in
            let answered = Atomic(0)
            let lost = Mutex<[String]>([])
            let group = DispatchGroup()
            for _ in 0..<16 {
                let thread = DispatchQueue(label: "client")
                thread.async(group: group) {
                    // Connects anew when told to close, until nobody listens.
                    while let client = try? Client(address) {
                        do {
                            while true {
                                let answer = try client.get("/")
                                answered.add(1, ordering: .relaxed)
                                if answer.fields["connection"] == "close" { break }
                            }
                        } catch {
                            lost.withLock { $0.append("\(error)") }
                            break
                        }
                    }
                }
            }
            let isBusy = try await eventually { answered.load(ordering: .relaxed) > 500 }
            #expect(isBusy)
            await server.shutdown()
            await withCheckedContinuation { continuation in
                group.notify(queue: .global()) { continuation.resume() }
            }
            #expect(lost.withLock { $0 } == [])
            let total = answered.load(ordering: .relaxed)
            #expect(server.counters.requests == total)
        }
    }

    @Test("can be stopped twice, from a thread too")
    func stopsTwice() async throws {
        try await withServer { server, _ in
            async let first: Void = server.shutdown()
            async let second: Void = server.shutdown()
            _ = await (first, second)
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    server.shutdownAndWait()
                    continuation.resume()
                }
            }
        }
    }

    @Test("holds a thousand connections and answers on all of them")
    func holdsMany() async throws {
        try await withServer { server, address in
            let clients = try (0..<1000).map { _ in try Client(address) }
            for client in clients { #expect(try client.get("/").status == 200) }
            #expect(server.counters.connections == 1000)
        }
    }
}
