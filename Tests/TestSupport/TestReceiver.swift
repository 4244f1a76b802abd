import Foundation
import Glibc
import Synchronization

/// An HTTP server on loopback that does with requests whatever a test wants, and remembers them.
public final class TestReceiver: Sendable {
    /// A request that came whole.
    public struct Received: Sendable {
        /// The target of its request line.
        public let target: String
        /// By names in lower case.
        public let fields: [String: String]
        /// Whole.
        public let body: [UInt8]

        /// The body as text.
        public var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// What a receiver does with a request.
    public enum Reply: Sendable {
        /// Answers with that status; `fields` are lines of the head.
        case answer(Int, fields: [String] = [], body: String = "")
        /// Answers after so many milliseconds.
        case late(Int)
        /// Says nothing, for as long as the other side waits.
        case silence
        /// Answers a byte at a time, twenty a second.
        case dripping
        /// Resets the connection.
        case reset
        /// Sends what is no HTTP.
        case nonsense
        /// Answers 200 with a body that never ends.
        case endless
        /// Begins an answer of 200 whose head never ends.
        case endlessHead
        /// Answers 200, and breaks off in the body.
        case brokenOff
    }

    private struct State {
        var received: [Received] = []
        var connections = 0
        var isStopped = false
    }

    private let listener: Int32
    /// Where it listens.
    public let port: UInt16
    private let state = Mutex(State())
    private let reply: @Sendable (Received) -> Reply

    /// One that does that with each request; `reply` is called on several threads.
    ///
    /// - Parameter port: 0 for any that is free.
    public init(port: UInt16 = 0, _ reply: @escaping @Sendable (Received) -> Reply = { _ in .answer(204) }) throws {
        self.reply = reply
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var one: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 128) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        guard isBound else { throw CocoaError(.fileNoSuchFile) }
        self.port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [weak self] in
            // Its number is free for others only once nobody accepts by it any more.
            defer { close(listener) }
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                guard let self else { return _ = close(connection) }
                state.withLock { $0.connections += 1 }
                Thread.detachNewThread { [weak self] in
                    Self.serve(connection, self)
                    close(connection)
                }
            }
        }
    }

    deinit {
        stop()
    }

    /// Takes no more connections; nobody can reach it any more.
    public func stop() {
        let isFirst = state.withLock { state in
            defer { state.isStopped = true }
            return !state.isStopped
        }
        if isFirst { shutdown(listener, Int32(SHUT_RDWR)) }
    }

    /// Where it is to be reached.
    public var url: String { "http://127.0.0.1:\(port)/hooks" }

    /// What came, in order.
    public var received: [Received] { state.withLock(\.received) }

    /// How many connections were made to it.
    public var connections: Int { state.withLock(\.connections) }

    private func take(_ request: Received) -> Reply {
        state.withLock { $0.received.append(request) }
        return reply(request)
    }

    private static func serve(_ connection: Int32, _ receiver: TestReceiver?) {
        guard let receiver else { return }
        var bytes: [UInt8] = []
        while let request = request(connection, &bytes) {
            switch receiver.take(request) {
            case .answer(let status, let fields, let body):
                answer(connection, status, fields, body)
            case .late(let milliseconds):
                usleep(UInt32(milliseconds) * 1000)
                answer(connection, 200, [], "")
            case .silence:
                var byte: UInt8 = 0
                _ = recv(connection, &byte, 1, 0)
                return
            case .dripping:
                for byte in "HTTP/1.1 200 OK\r\nX-Filler: \(String(repeating: "x", count: 4_000))\r\n\r\n" {
                    guard send(String(byte), connection) else { return }
                    usleep(50_000)
                }
                return
            case .reset:
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
                return
            case .nonsense: return _ = send("SSH-2.0-nonsense\r\n\r\n", connection)
            case .endless:
                guard send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", connection) else { return }
                let piece = String(repeating: "x", count: 16_384)
                while send(piece, connection) {}
                return
            case .endlessHead:
                guard send("HTTP/1.1 200 OK\r\n", connection) else { return }
                let piece = "X-Filler: \(String(repeating: "x", count: 4_000))\r\n"
                while send(piece, connection) {}
                return
            case .brokenOff:
                return _ = send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly so much", connection)
            }
        }
    }

    private static func answer(_ connection: Int32, _ status: Int, _ fields: [String], _ body: String) {
        let lines = ["HTTP/1.1 \(status) Status", "Content-Length: \(body.utf8.count)"] + fields
        _ = send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body, connection)
    }

    private static func send(_ text: String, _ connection: Int32) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    private static func request(_ connection: Int32, _ bytes: inout [UInt8]) -> Received? {
        while true {
            if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
                var fields: [String: String] = [:]
                for line in lines.dropFirst() {
                    let parts = line.split(separator: ":", maxSplits: 1)
                    guard parts.count == 2 else { continue }
                    fields[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
                }
                let length = Int(fields["content-length"] ?? "0") ?? 0
                if bytes.count >= end.upperBound + length {
                    let body = Array(bytes[end.upperBound..<end.upperBound + length])
                    bytes.removeFirst(end.upperBound + length)
                    let target = lines[0].split(separator: " ").dropFirst().first.map(String.init) ?? ""
                    return Received(target: target, fields: fields, body: body)
                }
            }
            var buffer = [UInt8](repeating: 0, count: 16_384)
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
    }
}
