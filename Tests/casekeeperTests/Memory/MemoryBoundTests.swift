import CaseStore
import Complaints
import Foundation
import GRDB
import Testing

@Suite("The memory of casekeeper serve")
struct MemoryBoundTests {
    static let limit = 8 << 20
    /// What it takes to work beside what it holds: pages that are being made on each loop and where reports are read, what
    /// is compressed, SQLite's caches of a small database, and what the allocator keeps.
    static let base = 32 << 20
    /// What the account comes to at least before anybody has to wait: three eighths of the limit, where half of it is kept
    /// for what is short.
    static let filled = limit / 8 * 3
    /// What two loops may have taken of the account ahead, less than two chunks each.
    static let takenAhead = 4 * limit / 256

    /// With cases that make a page of one and a half megabytes, for each scene to have a copy of.
    private static let template = Result {
        let folder = try TemporaryFolder(inMemory: true)
        let path = folder.path("template.db")
        let lastEvent = try fill(path)
        return (bytes: try Data(contentsOf: URL(filePath: path)), lastEvent: lastEvent)
    }

    /// Returns the last event.
    private static func fill(_ path: String) throws -> Int {
        let store = try CaseStore(path: path)
        let letters = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .".utf8)
        try store.write { transaction in
            for _ in 0..<500 {
                let text = (0..<HeldScene.complaintBytes).map { _ in letters.randomElement()! }
                let request = CaseRequest(
                    complaint: String(decoding: text, as: UTF8.self), customer: .new(CustomerFields(name: "Ann")))
                _ = try transaction.openCase(Incoming(request), by: Actor(name: "Ann", role: .agent))
            }
        }
        defer { store.checkpoint() }
        return try Int(store.makeReader().read { try $0.lastEventID() })
    }

    private static func ask(_ request: String, _ port: Int) throws -> String {
        let socket = try ClientSocket(port: port)
        try socket.send(request)
        return try socket.readToEnd()
    }

    private static func get(_ target: String) -> String {
        "GET \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    }

    private static func post(_ target: String, _ body: String) -> String {
        """
        POST \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n\
        Content-Length: \(body.utf8.count)\r\n\r\n\(body)
        """
    }

    private static func gauge(_ name: String, on socket: ClientSocket) throws -> Int {
        try socket.send(get("/metrics"))
        let metrics = try socket.readToEnd()
        let line = try #require(
            metrics.split(separator: "\n").first { $0.hasPrefix("\(name) ") }, "\(metrics.prefix(300))")
        return try #require(Int(line.dropFirst(name.utf8.count + 1)))
    }

    /// What clients make it hold, looked at again and again.
    private final class AccountWatch {
        private let port: Int
        private(set) var last = -1
        private var same = 0
        private(set) var most = 0

        init(port: Int) {
            self.port = port
        }

        /// Whether it has come to rest.
        var isStill: Bool { same >= 5 }

        func look() throws {
            let held = try MemoryBoundTests.gauge("casekeeper_http_held_bytes", on: ClientSocket(port: port))
            same = held == last ? same + 1 : 0
            last = held
            most = max(most, held)
        }
    }

    /// Keeps all others from writing until it is let go.
    private static func lock(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
        return queue
    }

    @Test(
        "is filled to its limit, and stays within it and what is stated beside it, whatever clients make it hold",
        arguments: HeldThing.allCases)
    func bounded(_ thing: HeldThing) throws {
        ManyPeers.raiseDescriptorLimit()
        let template = try Self.template.get()
        for scene in HeldScene.of(thing, after: template.lastEvent) { try play(scene, of: thing, on: template.bytes) }
    }

    private func play(_ scene: HeldScene, of thing: HeldThing, on template: Data) throws {
        let folder = try TemporaryFolder(inMemory: true)
        defer { withExtendedLifetime(folder) {} }
        let database = folder.path("scene.db")
        try template.write(to: URL(filePath: database))
        let server = try RunningServer(
            [
                "--database", database, "--memory-limit", "\(Self.limit)", "--memory-timeout", "PT10M", "--loops", "2",
                "--body-timeout", "PT10M", "--write-timeout", "PT10M", "--header-timeout", "PT10M",
                "--busy-timeout", "PT10M", "--log-level", "notice", "--rate-limit-failures", "1000/s",
            ] + (scene.options.contains("--connections") ? [] : ["--connections", "1000"]) + scene.options, in: folder)
        let (id, port) = (server.process.id, server.port)
        for target in ["/v1/cases?limit=500", "/openapi.json", "/v1/cases?format=csv", "/metrics"] {
            #expect(try Self.ask(Self.get(target), port).hasPrefix("HTTP/1.1 200"), "\(target)")
        }
        let idle = try ProcessMemory(of: id)
        let idleAccount = AccountWatch(port: port)
        try idleAccount.look()
        try ProcessMemory.resetPeak(of: id)
        let lock = scene.isLocked ? try Self.lock(database) : nil
        do {
            // These come before all others, also where there are to be too many.
            var watches = try (0..<(scene.gauges.isEmpty ? 0 : 50)).map { _ in try ClientSocket(port: port) }
            let peers = try ManyPeers(scene.parts, port: port)
            let account = AccountWatch(port: port)
            try peers.send { if scene.gauges.isEmpty { try account.look() } }
            if scene.gauges.isEmpty {
                try Self.eventually("\(thing.rawValue) does not fill the account") {
                    try account.look()
                    return account.isStill
                        && (!thing.isInAccount || account.most >= (thing == .coding ? Self.filled / 3 : Self.filled))
                }
            }
            for (name, bound) in scene.gauges {
                // Up to its bound, those aside that have just been asked by.
                var value = 0
                while !((bound - 50)...bound).contains(value), let watch = watches.popLast() {
                    usleep(100_000)
                    value = try Self.gauge(name, on: watch)
                    #expect(value <= bound, "\(name)")
                }
                #expect(value >= bound - 50, "\(name): \(value)")
            }
            // What is short goes on.
            if thing != .connection {
                let health = try Self.ask(Self.get("/healthz"), port)
                #expect(health.hasPrefix("HTTP/1.1 200"), "\(health.prefix(300))")
            }
            if thing != .connection, !scene.isLocked {
                let made = try Self.ask(
                    Self.post("/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Bo"}}"#), port)
                #expect(made.hasPrefix("HTTP/1.1 201"), "\(made.prefix(300))")
            }
            let full = try ProcessMemory(of: id)
            #expect(
                full.peak <= idle.resident + (thing.isInAccount ? Self.limit : thing.beside) + Self.base,
                "\(full.peak >> 20) MiB at most, \(idle.resident >> 20) before")
            withExtendedLifetime(peers) {}
        }
        try lock?.inDatabase { try $0.execute(sql: "ROLLBACK") }
        // It is given back once they have gone.
        try Self.eventually("\(thing.rawValue) is not given back") {
            try ProcessMemory(of: id).resident <= idle.resident + thing.beside + Self.base
        }
        // In the account, too, to the last connection: no memory shows what only the account forgot, and it adds up.
        let account = AccountWatch(port: port)
        try Self.eventually("\(thing.rawValue) stays in the account") {
            try account.look()
            return account.last <= idleAccount.last + Self.takenAhead
        }
        // And others can have it.
        try Self.eventually("\(thing.rawValue) is in the way of others") {
            // Not those of the scene, of which a page may be longer than all that may be held.
            try Self.ask(Self.get("/v1/cases?limit=100&sort=opened_at"), port).hasPrefix("HTTP/1.1 200")
        }
    }

    private static func eventually(_ comment: Comment, _ condition: () throws -> Bool) throws {
        for _ in 0..<3000 {
            if try condition() { return }
            usleep(20_000)
        }
        Issue.record(comment)
    }

    @Test("is stated for everything that clients can make it hold")
    func stated() throws {
        let page = try MarkdownFile.at("docs/operating.md")
        let section = try #require(page.section("### What a client can make it hold"))
        let rows = section.split(separator: "\n").filter { $0.hasPrefix("| ") }
        let names = rows.dropFirst(2).map { row in
            row.split(separator: "|", omittingEmptySubsequences: true)[0].trimmingCharacters(in: .whitespaces)
        }
        #expect(names.sorted() == HeldThing.allCases.map(\.rawValue).sorted())
    }
}
