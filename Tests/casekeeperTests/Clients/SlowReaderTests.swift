import Foundation
import TestSupport
import Testing

@Suite("Slow readers of long lists")
struct SlowReaderTests {
    private static let cases = 2500
    private static let readers = 16

    /// A file of cases whose texts gzip can't make much of: it looks back 32 KiB, and a text comes again much later.
    private static func file() -> [UInt8] {
        var random = SeededRandom(8)
        let texts = (0..<60).map { _ in (0..<4000).map { _ in UInt8.random(in: 0x61...0x7A, using: &random) } }
        var file = Array("id,text\n".utf8)
        for index in 0..<cases { file += Array("k\(index),".utf8) + texts[index % texts.count] + [0x0A] }
        return file
    }

    @Test("cost a piece of the list each, and not the whole of it, plain or as gzip", arguments: ["identity", "gzip"])
    func memory(coding: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.file(), to: "cases.csv")
        let imported = try Binary.run(
            [
                "import", "cases.csv", "--map", "external_id=id", "--map", "complaint=text", "--set", "customer.name=C",
                "--set", "received_at=2024-01-01T00:00:00Z",
            ], in: folder)
        try #require(imported.exitCode == 0, "\(imported.errors)")
        let server = try RunningServer(["--write-timeout", "PT30M"], in: folder)

        // Once for nobody, so that what SQLite keeps of the file is there already.
        let whole = try read(server.port, coding)
        try #require(whole.count > 5_000_000)
        let before = try residentBytes(server.process.id)
        let slow = try (0..<Self.readers).map { _ in try ask(server.port, coding) }
        defer { for descriptor in slow { close(descriptor) } }
        // All are answered, and have taken as much as their sockets hold, once another one has had all of it.
        for descriptor in slow {
            var byte: UInt8 = 0
            try #require(recv(descriptor, &byte, 1, Int32(MSG_PEEK)) == 1)
        }
        #expect(try read(server.port, coding).count == whole.count)
        let grown = try residentBytes(server.process.id) - before
        #expect(grown < Self.readers * whole.count / 4, "\(grown) bytes for \(Self.readers) readers of \(whole.count)")
    }

    /// Asks for the whole list, and reads nothing yet.
    private func ask(_ port: Int, _ coding: String) throws -> Int32 {
        let descriptor = try LoopbackConnection.open(port: port)
        let request = Array(
            """
            GET /v1/cases?format=csv HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept-Encoding: \(coding)\r\n\r\n
            """.utf8)
        guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            throw POSIXError(.EPIPE)
        }
        return descriptor
    }

    private func read(_ port: Int, _ coding: String) throws -> [UInt8] {
        let descriptor = try ask(port, coding)
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }

    private func residentBytes(_ id: pid_t) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
        let match = try #require(status.firstMatch(of: /VmRSS:\s+(\d+) kB/))
        return try #require(Int(match.1)) * 1024
    }
}
