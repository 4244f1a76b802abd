import CaseAPI
import CaseStore
import Complaints
import Foundation
import HTTPServer
import Logging

@testable import Board

/// A whole service with its board on port 0, with a database of its own and a clock that the test sets; and a browser that knows no
/// script.
final class CasePageDesk: Sendable {
    let store: CaseStore
    let port: UInt16
    private let folder: URL
    private let service: CaseService
    private let server: Server<CaseService>
    private let clock: Hand

    /// The hand of a clock.
    private final class Hand: @unchecked Sendable {
        // Set by the test between its requests alone, under the lock.
        private let lock = NSLock()
        private var now = Instant(milliseconds: 1_772_355_600_000)

        func tick(_ span: ElapsedTime = ElapsedTime(milliseconds: 1)) -> Instant {
            lock.withLock {
                now = now + span
                return now
            }
        }
    }

    init(contact: String? = nil) throws {
        let hand = Hand()
        clock = hand
        folder = FileManager.default.temporaryDirectory.appending(path: "board-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try CaseStore(
            path: folder.appending(path: "desk.db").path, options: StoreOptions(wallClock: { hand.tick() }))
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        service = try CaseService(
            store: store, clockTick: nil, pages: Board.book, contact: contact, logger: logger)
        var configuration = ServerConfiguration(listen: ListenAddress(host: "127.0.0.1", port: 0))
        configuration.loops = 1
        server = Server(service: service, configuration: configuration, logger: logger)
        port = try server.start().port
    }

    deinit {
        server.shutdownAndWait()
        service.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    func advance(by span: ElapsedTime) { _ = clock.tick(span) }

    /// What came back.
    struct Page {
        let status: Int
        let fields: [String: String]
        let text: String

        /// The fields of the first form that is sent to such a path, by their names.
        func form(_ action: String) -> [String: String] {
            guard let start = text.range(of: "action=\"\(action)\"") else { return [:] }
            let rest = text[start.upperBound...]
            let form = rest.range(of: "</form>").map { rest[..<$0.lowerBound] } ?? rest
            var fields: [String: String] = [:]
            for match in form.matches(of: /name="([^"]*)"[^>]*value="([^"]*)"/) {
                fields[String(match.1)] = Self.plain(String(match.2))
            }
            for match in form.matches(of: /<textarea[^>]* name="([^"]*)"[^>]*>\n([^<]*)<\/textarea>/) {
                fields[String(match.1)] = Self.plain(String(match.2))
            }
            return fields
        }

        private static func plain(_ text: String) -> String {
            text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
                .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
        }
    }

    func get(_ path: String, _ fields: [String: String] = ["Accept": "text/html"]) throws -> Page {
        try send("GET", path, fields, "")
    }

    func api(_ method: String, _ path: String, _ body: String = "{}") throws -> Page {
        try send(method, path, ["Content-Type": "application/json"], method == "GET" ? "" : body)
    }

    /// Sends a form, as a browser does of one of our own pages.
    func post(_ path: String, _ form: [String: String]) throws -> Page {
        let body = form.sorted { $0.key < $1.key }.map { "\(Link.encoded($0.key))=\(Link.encoded($0.value))" }
        return try send(
            "POST", path,
            [
                "Content-Type": "application/x-www-form-urlencoded", "Origin": "http://localhost:\(port)",
                "Sec-Fetch-Site": "same-origin",
            ], body.joined(separator: "&"))
    }

    private func send(_ method: String, _ path: String, _ fields: [String: String], _ body: String) throws -> Page {
        let bytes = try exchange(
            "\(method) \(path) HTTP/1.1\r\nHost: localhost:\(port)\r\nConnection: close\r\n"
                + fields.map { "\($0.key): \($0.value)\r\n" }.joined()
                + (body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n") + "\r\n\(body)")
        let answer = String(decoding: bytes, as: UTF8.self)
        let parts = answer.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = parts[0].components(separatedBy: "\r\n")
        let names = lines.dropFirst().compactMap { line -> (String, String)? in
            line.firstIndex(of: ":").map {
                (line[..<$0].lowercased(), line[line.index(after: $0)...].trimmingCharacters(in: .whitespaces))
            }
        }
        return Page(
            status: Int(lines[0].split(separator: " ")[1]) ?? 0, fields: Dictionary(names) { first, _ in first },
            text: parts.count > 1 ? String(parts[1]) : "")
    }

    private func exchange(_ request: String) throws -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw POSIXError(.ECONNREFUSED) }
        var bytes = Array(request.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, 0x4000) }
            guard count > 0 else { break }
            bytes = bytes.dropFirst(count)
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return answer }
            answer += buffer[..<count]
        }
    }
}
