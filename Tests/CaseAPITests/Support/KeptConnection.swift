import Foundation

/// A connection over which one request follows the other.
final class KeptConnection {
    private let descriptor: Int32
    private var unread: [UInt8] = []

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw TestClient.Failure(call: "connect", code: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Sends a GET, and returns its answer, which must have a length.
    func get(_ target: String, authorization: String) throws -> TestResponse {
        let request = "GET \(target) HTTP/1.1\r\nHost: localhost\r\nAuthorization: \(authorization)\r\n\r\n"
        let bytes = Array(request.utf8)
        guard Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw TestClient.Failure(call: "send", code: errno)
        }
        while true {
            if let answer = takeAnswer() {
                Contract.check("GET", target, answer)
                return answer
            }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { throw TestClient.Failure(call: "recv", code: errno) }
            unread += buffer[..<count]
        }
    }

    private func takeAnswer() -> TestResponse? {
        guard let end = unread.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound else { return nil }
        let head = TestResponse(Array(unread[..<end]))
        let whole = end + (Int(head.fields["content-length"] ?? "") ?? 0)
        guard unread.count >= whole else { return nil }
        defer { unread.removeFirst(whole) }
        return TestResponse(Array(unread[..<whole]))
    }
}
