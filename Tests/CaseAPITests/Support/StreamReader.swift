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
            for byte in buffer[..<received] {
                bytes.append(byte)
                if byte == 0x0A, bytes.suffix(3).elementsEqual(Self.end) { count += 1 }
            }
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
        text.components(separatedBy: "\n\n").dropLast().compactMap { part in
            part.firstMatch(of: /(?m)^id: (\d+)\ndata: \{.*\}$/).flatMap { Int64($0.1) }
        }
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
