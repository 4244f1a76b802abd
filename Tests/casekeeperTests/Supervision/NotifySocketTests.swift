import Foundation
import TestSupport
import Testing

@testable import casekeeper

/// A service manager's end of the notification protocol: a datagram socket.
private final class Manager {
    private let descriptor: Int32
    let address: String

    /// - Parameter address: a path, or an abstract name behind an @.
    init(_ address: String) throws {
        self.address = address
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var place = sockaddr_un()
        place.sun_family = sa_family_t(AF_UNIX)
        var name = Array(address.utf8)
        if name[0] == UInt8(ascii: "@") { name[0] = 0 }
        withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let code = withUnsafePointer(to: place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        // What never comes fails its test, and does not hold it up for good.
        var patience = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    /// The lines of the next datagram.
    func next() throws -> [String] {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { throw POSIXError(.ETIMEDOUT) }
        return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The datagrams up to the first that has a line which begins so.
    func upTo(_ line: String) throws -> [[String]] {
        var all: [[String]] = []
        repeat { all.append(try next()) } while !all.last!.contains { $0.hasPrefix(line) }
        return all
    }

    /// Whether nothing has come that is not read.
    var isEmpty: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) < 0
    }
}

@Suite("The service manager", .serialized)
struct NotifySocketTests {
    let folder = try! TemporaryFolder(inMemory: true)

    private func start(
        _ manager: Manager, _ settings: [String: String] = [:], _ arguments: [String] = []
    ) throws -> RunningServer {
        try RunningServer(
            arguments, environment: ["NOTIFY_SOCKET": manager.address].merging(settings) { $1 }, in: folder)
    }

    @Test("is told when the service is ready and when it ends, at a path or an abstract name")
    func ready() throws {
        for address in [folder.path("notify"), "@casekeeper-\(UUID().uuidString)"] {
            let manager = try Manager(address)
            let server = try start(manager)
            #expect(try manager.next() == ["STATUS=opening casekeeper.db"])
            #expect(
                try manager.next() == ["READY=1", "STATUS=serving casekeeper.db at 127.0.0.1:\(server.port)"])
            server.process.signal(SIGTERM)
            #expect(try server.process.wait().exitCode == 0)
            #expect(try manager.next() == ["STOPPING=1", "STATUS=finishing what is in flight"])
            #expect(manager.isEmpty, "nobody waits for a watchdog")
        }
    }

    @Test("is told that all goes on as long as it does: not while the writer hangs, and again when it no longer does")
    func watchdog() throws {
        let manager = try Manager(folder.path("notify"))
        let server = try start(manager, ["WATCHDOG_USEC": "100000"], ["--busy-timeout", "PT10M"])
        _ = try manager.upTo("READY=1")
        for _ in 0..<3 { #expect(try manager.next() == ["WATCHDOG=1"]) }
        // Another process holds the database, so that a change keeps the writer waiting.
        let lock = try RunningProcess(
            path: "/usr/bin/python3",
            [
                "-c",
                """
                import sqlite3, sys, time
                held = sqlite3.connect("casekeeper.db", isolation_level=None, timeout=60)
                held.execute("BEGIN IMMEDIATE")
                print("held", file=sys.stderr, flush=True)
                time.sleep(3600)
                """,
            ], environment: [:], in: folder)
        #expect(eventually { lock.errors.contains("held") })
        let port = server.port
        let change = try RunningProcess(
            path: "/usr/bin/curl",
            [
                "--silent", "--json", #"{"complaint":"x","customer":{"name":"y"}}"#,
                "http://127.0.0.1:\(port)/v1/cases",
            ], environment: [:], in: folder)
        let before = try manager.upTo("STATUS=")
        #expect(before.last == ["STATUS=no answer from the writer"])
        #expect(before.dropLast().allSatisfy { $0 == ["WATCHDOG=1"] })
        #expect(server.process.errors.contains("a part of the service does not answer"))
        #expect(manager.isEmpty)
        lock.signal(SIGKILL)
        _ = try lock.wait()
        #expect(try change.wait().output.contains(#""status":"open""#))
        #expect(
            try manager.next() == ["WATCHDOG=1", "STATUS=serving casekeeper.db at 127.0.0.1:\(port)"])
        #expect(try manager.next() == ["WATCHDOG=1"])
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
    }

    @Test("does without it where the watchdog is another process's, or the manager has gone")
    func others() throws {
        let manager = try Manager(folder.path("notify"))
        let server = try start(manager, ["WATCHDOG_USEC": "1000", "WATCHDOG_PID": "1"])
        _ = try manager.upTo("READY=1")
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
        #expect(try manager.next().first == "STOPPING=1")
        for address in [
            folder.path("gone"), "@gone-\(UUID().uuidString)", "vsock:2:1", "",
            "/" + String(repeating: "x", count: 200),
        ] {
            let server = try RunningServer(
                environment: ["NOTIFY_SOCKET": address, "WATCHDOG_USEC": "100000"], in: folder)
            server.process.signal(SIGTERM)
            #expect(try server.process.wait().exitCode == 0, "\(address)")
        }
    }
}
