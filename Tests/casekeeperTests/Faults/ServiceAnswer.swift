import Foundation

/// An answer of the service, as far as these tests look at it, held to the description of the API.
struct ServiceAnswer {
    let status: Int
    let retryAfter: String?
    let body: String

    /// Sends a request on a connection of its own.
    init(_ method: String, _ path: String, body: String? = nil, port: Int) throws {
        let socket = try ClientSocket(port: port)
        let content = body.map { "Content-Type: application/json\r\nContent-Length: \($0.utf8.count)\r\n\r\n\($0)" }
        try socket.send("\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(content ?? "\r\n")")
        let text = try socket.readToEnd()
        status = Int(text.dropFirst(9).prefix(3)) ?? 0
        retryAfter = text.firstMatch(of: /\r\nRetry-After: (\d+)\r\n/.ignoresCase()).map { String($0.1) }
        guard let gap = text.range(of: "\r\n\r\n") else {
            self.body = ""
            return
        }
        self.body = String(text[gap.upperBound...])
        Contract.check(method, path, head: String(text[..<gap.lowerBound]), body: self.body.utf8)
    }

    /// A member of the body that is text.
    subscript(name: String) -> String? {
        let json = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
        return json?[name] as? String
    }

    var code: String? { self["code"] }
}
