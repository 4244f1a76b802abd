import Foundation

@testable import CaseAPI

/// A client that follows a stream of events.
final class StreamReader {
    private let descriptor: Int32
    private var bytes: [UInt8] = []

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

    /// Reads until that is so; false when it ends before.
    func read(until isEnough: (String) -> Bool) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !isEnough(text) {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return false }
            bytes += buffer[..<count]
        }
        return true
    }

    /// Reads to the end.
    func readToEnd() -> String {
        _ = read { _ in false }
        return text
    }

    /// The ids of the events that have come whole.
    var ids: [Int64] {
        text.components(separatedBy: "\n\n").dropLast().compactMap { part in
            part.firstMatch(of: /(?m)^id: (\d+)\ndata: \{.*\}$/).flatMap { Int64($0.1) }
        }
    }

    /// The ids of the first so many events.
    func ids(_ count: Int) -> [Int64] {
        _ = read { text in text.ranges(of: "}\n\n").count >= count }
        return ids
    }

    /// The JSON of the events that have come.
    var events: [JSONValue] {
        get throws {
            try text.matches(of: /(?m)^data: (.*)$/).map { try JSONParser.value(of: Array($0.1.utf8)) }
        }
    }
}
