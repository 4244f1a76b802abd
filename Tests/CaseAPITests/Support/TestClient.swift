import Foundation

/// The smallest HTTP client: one connection a request, read to its end.
struct TestClient: Sendable {
    let port: UInt16
    /// What every request has unless it says otherwise.
    var standing: [String: String] = [:]

    struct Failure: Error {
        let call: String
        let code: Int32
    }

    /// Sends a request, and returns its answer, held to the description of the API. `body` goes as JSON unless the fields
    /// say otherwise.
    func send(
        _ method: String, _ target: String, fields: [String: String] = [:], body: [UInt8]? = nil
    ) throws -> TestResponse {
        var all = ["Host": "localhost:\(port)", "Connection": "close"]
        if let body {
            all["Content-Length"] = String(body.count)
            all["Content-Type"] = "application/json"
        }
        all.merge(standing) { $1 }
        all.merge(fields) { $1 }
        let lines = all.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }.map { "\($0.key): \($0.value)\r\n" }
        let head = "\(method) \(target) HTTP/1.1\r\n\(lines.joined())\r\n"
        let response = TestResponse(try exchange(Array(head.utf8) + (body ?? [])))
        Contract.check(method, target, response)
        return response
    }

    func get(_ target: String, fields: [String: String] = [:]) throws -> JSONAnswer {
        JSONAnswer(try send("GET", target, fields: fields))
    }

    @discardableResult
    func post(_ target: String, _ body: String? = nil, fields: [String: String] = [:]) throws -> JSONAnswer {
        JSONAnswer(try send("POST", target, fields: fields, body: body.map { Array($0.utf8) }))
    }

    @discardableResult
    func patch(_ target: String, _ body: String, fields: [String: String] = [:]) throws -> JSONAnswer {
        JSONAnswer(try send("PATCH", target, fields: fields, body: Array(body.utf8)))
    }

    @discardableResult
    func put(_ target: String, _ body: String, fields: [String: String] = [:]) throws -> JSONAnswer {
        JSONAnswer(try send("PUT", target, fields: fields, body: Array(body.utf8)))
    }

    /// A connection, which the caller closes.
    func connect() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket", code: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            close(descriptor)
            throw Failure(call: "connect", code: errno)
        }
        return descriptor
    }

    /// Sends bytes, and returns all that comes back.
    func exchange(_ request: [UInt8]) throws -> [UInt8] {
        let descriptor = try connect()
        defer { close(descriptor) }
        var sent = 0
        while sent < request.count {
            let count = request.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress! + sent, $0.count - sent, 0x4000)
            }
            guard count > 0 else { break }
            sent += count
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
