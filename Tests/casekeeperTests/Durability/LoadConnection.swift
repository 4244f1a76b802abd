import Foundation

/// A change as it is sent, with a key that makes it one change however often it is sent.
struct LoadRequest: Sendable, Hashable {
    let path: String
    let json: String
    let key: String
}

/// What came back for a request.
struct LoadAnswer {
    let status: Int
    let requestID: String
    let body: [UInt8]

    func decoded<Body: Decodable>(_: Body.Type) throws -> Body {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Body.self, from: Data(body))
    }
}

/// A connection that sends one request after another and waits for each answer, held to the description of the API.
final class LoadConnection {
    private let descriptor: Int32
    private var input: [UInt8] = []

    convenience init(port: Int) throws {
        self.init(descriptor: try LoopbackConnection.open(port: port))
    }

    /// Takes over an open connection.
    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// The answer; nil when the server went before all of it was there.
    func post(_ request: LoadRequest) -> LoadAnswer? {
        exchange(
            "POST", request.path,
            "POST \(request.path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Idempotency-Key: \(request.key)\r\nContent-Length: \(request.json.utf8.count)\r\n\r\n\(request.json)"
        )
    }

    /// As `post`.
    func get(_ path: String) -> LoadAnswer? {
        exchange("GET", path, "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
    }

    private func exchange(_ method: String, _ path: String, _ request: String) -> LoadAnswer? {
        let bytes = Array(request.utf8)
        guard send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { return nil }
        let gap = Array("\r\n\r\n".utf8)
        while true {
            if let end = input.firstRange(of: gap) {
                let text = String(decoding: input[..<end.lowerBound], as: UTF8.self)
                let head = text.lowercased()
                guard let length = head.firstMatch(of: /content-length: (\d+)/).flatMap({ Int($0.1) }),
                    let status = head.firstMatch(of: /http\/1.1 (\d+)/).flatMap({ Int($0.1) }),
                    let id = head.firstMatch(of: /x-request-id: (\S+)/)
                else { return nil }
                if input.count >= end.upperBound + length {
                    let body = Array(input[end.upperBound..<(end.upperBound + length)])
                    input.removeSubrange(..<(end.upperBound + length))
                    Contract.check(method, path, head: text, body: body)
                    return LoadAnswer(status: status, requestID: String(id.1), body: body)
                }
            }
            var buffer = [UInt8](repeating: 0, count: 16_384)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            input += buffer[..<count]
        }
    }
}
