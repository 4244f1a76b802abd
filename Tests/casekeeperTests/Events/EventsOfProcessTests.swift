import CaseStore
import Foundation
import TestSupport
import Testing

@testable import casekeeper

/// The feed of the built binary, through whatever becomes of its process.
@Suite("Events of a process", .serialized)
struct EventsOfProcessTests {
    private struct Page: Decodable, Sendable {
        struct Event: Decodable, Sendable {
            let id: Int64
            let type: String
            let promiseId: Int64?
        }
        let items: [Event]
        let next: Int64
    }

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static func page(_ port: Int, _ query: String) throws -> Page {
        let connection = try LoadConnection(port: port)
        let answer = try #require(connection.get("/v1/events?\(query)"))
        return try answer.decoded(Page.self)
    }

    /// Everything up to now, by pages.
    private func all(_ port: Int, _ query: String = "") throws -> [Page.Event] {
        var events: [Page.Event] = []
        while true {
            let page = try Self.page(port, "limit=500&after=\(events.last?.id ?? 0)\(query)")
            guard !page.items.isEmpty else { return events }
            events += page.items
        }
    }

    /// The promises that are said to have fallen due, once there are so many.
    private func fallen(_ port: Int, _ count: Int) throws -> [Int64] {
        #expect(try eventually { try all(port, "&type=promise.overdue").count >= count })
        return try all(port, "&type=promise.overdue").compactMap(\.promiseId)
    }

    private func open(_ port: Int, dueIn: String) throws {
        let json = """
            {"complaint": "It drips.", "customer": {"name": "Ida"}, "promise": {"what": "Call", "due_in": "\(dueIn)"}}
            """
        let answer = try LoadConnection(port: port).post(
            LoadRequest(path: "/v1/cases", json: json, key: UUID().uuidString))
        #expect(answer?.status == 201)
    }

    private func end(_ server: RunningServer) throws {
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
    }

    private func expectVerified(_ place: Comment? = nil) throws {
        let verified = try Binary.run(["verify"], in: folder)
        #expect(verified.exitCode == 0, place ?? "\(verified.output)")
    }

    @Test("tell what fell due while there was none, once")
    func down() throws {
        var server = try RunningServer(in: folder)
        for _ in 0..<3 { try open(server.port, dueIn: "PT1S") }
        try open(server.port, dueIn: "P1D")
        try end(server)
        let told = try Database(path: folder.path("casekeeper.db")).read { try $0.lastEventID() }
        #expect((8...11).contains(told), "none, or those that were due before the end")
        Thread.sleep(forTimeInterval: 1.1)
        for _ in 0..<2 {
            server = try RunningServer(in: folder)
            #expect(try fallen(server.port, 3) == [1, 2, 3])
            try end(server)
        }
        try expectVerified()
    }

    @Test("lose none and tell none twice, however often it is killed")
    func killed() throws {
        let seed = UInt64.random(in: 0...999_999)
        var random = SeededRandom(seed)
        var server = try RunningServer(in: folder)
        var count = 0
        for round in 0..<5 {
            // Some fall due before it is killed, some while it is, and some while the next one works them off.
            for _ in 0..<25 {
                try open(server.port, dueIn: "PT\(Int.random(in: 1...3, using: &random))S")
                count += 1
            }
            usleep(UInt32.random(in: 0...1_500_000, using: &random))
            server.process.signal(SIGKILL)
            #expect(try server.process.wait().exitCode == 128 + SIGKILL)
            try expectVerified("seed \(seed), round \(round)")
            server = try RunningServer(in: folder)
        }
        let promises = try fallen(server.port, count)
        #expect(promises.count == count && promises.sorted() == Array(1...Int64(count)), "seed \(seed): \(promises)")
        let events = try all(server.port)
        #expect(events.map(\.id) == Array(1...Int64(3 * count)), "seed \(seed)")
        try end(server)
        try expectVerified("seed \(seed)")
    }

    @Test("are waited for no longer when it is told to end")
    func shutdown() throws {
        let server = try RunningServer(["--drain-timeout", "PT1H"], in: folder)
        let port = server.port
        try open(port, dueIn: "P1D")
        let sockets = try (0..<5).map { _ in
            let socket = try ClientSocket(port: port)
            try socket.send("GET /v1/events?after=2&wait=60 HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return socket
        }
        let metrics = try LoadConnection(port: port)
        #expect(
            try eventually {
                let text = try #require(metrics.get("/metrics")).body
                return String(decoding: text, as: UTF8.self).contains("\ncasekeeper_events_waiting 5\n")
            })
        server.process.signal(SIGTERM)
        for socket in sockets {
            let answer = try socket.readToEnd()
            #expect(
                answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("{\"items\":[],\"next\":2}\n"), "\(answer)")
            #expect(answer.contains("\r\nConnection: close\r\n"))
        }
        #expect(try server.process.wait().exitCode == 0)
    }

    @Test("are told to nobody whose token is revoked on the command line, or expires, as soon as that is")
    func revoked() throws {
        func token(_ name: String, _ arguments: String...) throws -> String {
            let made = try Binary.run(["token", "create", name, "--role", "reader"] + arguments, in: folder)
            #expect(made.exitCode == 0, "\(made.errors)")
            return made.output.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let secrets = [try token("stays"), try token("revoked"), try token("expires", "--expires-in", "PT5S")]
        let server = try RunningServer(in: folder)
        func ask(_ target: String, _ secret: String) throws -> ClientSocket {
            let socket = try ClientSocket(port: server.port)
            try socket.send(
                "GET \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Authorization: Bearer \(secret)\r\n\r\n")
            return socket
        }
        func waiting(_ count: Int) throws -> Bool {
            try ask("/metrics", secrets[0]).readToEnd().contains("\ncasekeeper_events_waiting \(count)\n")
        }
        // Who came first would be the first to be told that nothing came in time.
        let sockets = try secrets.map { try ask("/v1/events?type=case.opened&wait=60", $0) }
        #expect(try eventually { try waiting(3) })
        let revoking = try Binary.run(["token", "revoke", "2"], in: folder)
        #expect(revoking.exitCode == 0, "\(revoking.errors)")
        for socket in sockets.dropFirst() { #expect(try socket.readToEnd().hasPrefix("HTTP/1.1 401 ")) }
        #expect(try waiting(1))
        server.process.signal(SIGTERM)
        #expect(try sockets[0].readToEnd().hasPrefix("HTTP/1.1 200 "))
        #expect(try server.process.wait().exitCode == 0)
    }

    @Test("tell whoever waits of what another process imports, and when that falls due")
    func imported() throws {
        let server = try RunningServer(in: folder)
        let port = server.port
        let waiting = Meanwhile { try Self.page(port, "wait=60&type=promise.made") }
        #expect(
            try eventually {
                try LoadConnection(port: port).get("/metrics").map { metrics in
                    String(decoding: metrics.body, as: UTF8.self).contains("\ncasekeeper_events_waiting 1\n")
                } ?? false
            })
        let received = ISO8601DateFormatter().string(from: .now.addingTimeInterval(-3600))
        // One was due in the past, one will be in some seconds.
        try folder.write("what,id,at\nIt dripped.,K-1,\(received)\n", to: "past.csv")
        try folder.write("what,id,at\nIt drips.,K-2,\(received)\n", to: "soon.csv")
        let columns = ["--map", "complaint=what", "--map", "external_id=id", "--map", "received_at=at"]
        for (file, due) in [("past.csv", "PT5M"), ("soon.csv", "PT1H5S")] {
            let result = try Binary.run(
                ["import", file] + columns + ["--due-in", due, "--set", "customer.name=Ida"], in: folder)
            #expect(result.exitCode == 0, "\(result.errors)")
        }
        let made = try waiting.value()
        #expect(made.items.map(\.type) == ["promise.made"])
        #expect(try fallen(port, 2) == [1, 2])
        try end(server)
        try expectVerified()
    }
}
