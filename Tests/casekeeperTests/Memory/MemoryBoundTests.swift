import Foundation
import Testing

@Suite("The memory of casekeeper serve")
struct MemoryBoundTests {
    /// As the README has it: what a page takes to be made, on each loop and where reports are read, and SQLite's caches.
    static let base = 96 << 20
    static let limit = 32 << 20

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

    /// With cases that make a page of four megabytes.
    private static func fill(_ port: Int) throws {
        let item = #"{"complaint":"\#(String(repeating: "It leaks. ", count: 800))","customer":{"name":"Ann"}}"#
        let body = #"{"items":[\#(Array(repeating: item, count: 600).joined(separator: ","))]}"#
        #expect(try ask(post("/v1/cases/bulk", body), port).hasPrefix("HTTP/1.1 200"))
    }

    @Test(
        "stays within its limit and what is stated beside it, whatever clients make it hold",
        arguments: HeldThing.allCases)
    func bounded(_ thing: HeldThing) throws {
        ManyPeers.raiseDescriptorLimit()
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let server = try RunningServer(
            [
                "--memory-limit", "\(Self.limit)", "--memory-timeout", "PT2S", "--connections", "2000",
                "--log-level", "notice", "--rate-limit-failures", "1000/s",
            ], in: folder)
        try Self.fill(server.port)
        for target in ["/v1/cases?limit=500", "/openapi.json", "/v1/cases?format=csv"] {
            _ = try Self.ask(Self.get(target), server.port)
        }
        let idle = try ProcessMemory(of: server.process.id)
        do {
            let peers = try ManyPeers(thing.parts, port: server.port)
            peers.send()
            // What is short goes on.
            let health = try Self.ask(Self.get("/healthz"), server.port)
            #expect(health.hasPrefix("HTTP/1.1 200"), "\(health.prefix(300))")
            let made = try Self.ask(
                Self.post("/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Bo"}}"#), server.port)
            #expect(made.hasPrefix("HTTP/1.1 201"), "\(made.prefix(300))")
            let full = try ProcessMemory(of: server.process.id)
            #expect(
                full.peak <= max(idle.resident, idle.peak) + Self.limit + Self.base,
                "\(full.peak >> 20) MiB at most, \(idle.resident >> 20) before")
            withExtendedLifetime(peers) {}
        }
        // It is given back once they have gone.
        var after = try ProcessMemory(of: server.process.id)
        for _ in 0..<600 where after.resident > idle.resident + Self.base {
            usleep(50_000)
            after = try ProcessMemory(of: server.process.id)
        }
        #expect(
            after.resident <= idle.resident + Self.base, "\(after.resident >> 20) MiB, \(idle.resident >> 20) before")
        // And others can have it.
        var list = ""
        for _ in 0..<600 where !list.hasPrefix("HTTP/1.1 200") {
            if !list.isEmpty { usleep(50_000) }
            list = try Self.ask(Self.get("/v1/cases?limit=500"), server.port)
        }
        #expect(list.hasPrefix("HTTP/1.1 200"), "\(list.prefix(300))")
    }

    @Test("is stated for everything that clients can make it hold")
    func stated() throws {
        let readme = try String(contentsOf: Repository.root.appending(path: "README.md"), encoding: .utf8)
        let section = try #require(readme.range(of: "### What a client can make it hold\n")).upperBound
        let rows = readme[section...].prefix { $0 != "#" }.split(separator: "\n").filter { $0.hasPrefix("| ") }
        let names = rows.dropFirst(2).map { row in
            row.split(separator: "|", omittingEmptySubsequences: true)[0].trimmingCharacters(in: .whitespaces)
        }
        #expect(names.sorted() == HeldThing.allCases.map(\.rawValue).sorted())
    }
}
