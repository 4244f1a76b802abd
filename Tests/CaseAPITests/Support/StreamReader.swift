import Foundation

@testable import CaseAPI

/// A client that follows a stream of events.
final class StreamReader {
    private let descriptor: Int32
    private var bytes: [UInt8] = []
    /// How many events have come whole.
    private var count = 0

    /// - Parameter fields: lines of the head.
    init(_ desk: TestDesk, _ target: String = "/v1/events", _ fields: [String] = []) throws {
        descriptor = try desk.client.connect()
        var patience = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        // Of HTTP/1.0, so that the body is what comes.
        let lines = ["GET \(target) HTTP/1.0", "Host: localhost", "Accept: text/event-stream"] + fields
        let request = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
        _ = send(descriptor, request, request.count, Int32(MSG_NOSIGNAL))
    }

    deinit {
        close(descriptor)
    }

    /// All that has come.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Reads until that is so; false when it ends before, or when that never comes, though the service says that it is there.
    func read(until isEnough: () -> Bool) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let patience = ContinuousClock.now + .seconds(120)
        while !isEnough() {
            guard ContinuousClock.now < patience else { return false }
            let received = recv(descriptor, &buffer, buffer.count, 0)
            guard received > 0 else { return false }
            // An end may have come in two pieces.
            let known = max(bytes.count - (Self.end.count - 1), 0)
            bytes += buffer[..<received]
            count += bytes.count(of: Self.end, from: known)
        }
        return true
    }

    /// Of an event.
    private static let end = Array("}\n\n".utf8)

    /// Reads to the end.
    func readToEnd() -> String {
        _ = read { false }
        return text
    }

    /// The ids of the events that have come whole.
    var ids: [Int64] {
        var ids: [Int64] = []
        var (before, id): (Int64?, Int64?) = (nil, nil)
        for line in bytes.pieces(separatedBy: [0x0A]) {
            if line.isEmpty {
                // An empty line is the end of what came before it.
                if let id { ids.append(id) }
                (before, id) = (nil, nil)
            } else if line.hasPrefix("id: ") {
                before = Int64(line.dropFirst(4))
            } else {
                if id == nil, line.hasPrefix("data: {"), line.hasSuffix("}") { id = before }
                before = nil
            }
        }
        return ids
    }

    /// The ids of the first so many events.
    func ids(_ wanted: Int) -> [Int64] {
        _ = read { count >= wanted }
        return ids
    }

    /// The JSON of the events that have come.
    var events: [JSONValue] {
        get throws {
            try text.matches(of: /(?m)^data: (.*)$/).map { try JSONParser.value(of: Array($0.1.utf8)) }
        }
    }
}
