import Glibc

@testable import HTTPServer

/// A client that is a bare socket: it sends what it is told and reads what comes, waiting two minutes at most.
final class Client {
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    struct Answer {
        var status: Int
        /// Names in lower case.
        var fields: [String: String]
        var body: String
        /// The chunks of a chunked body as they came.
        var chunks: [String] = []
    }

    private let descriptor: Int32
    private var isOpen = true
    private var received: [UInt8] = []

    /// - Parameter receiveBuffer: SO_RCVBUF, for a peer that takes little at a time.
    init(_ address: BoundAddress, receiveBuffer: Int32? = nil) throws {
        let isIPv6 = address.host.contains(":")
        let family = address.path != nil ? AF_UNIX : isIPv6 ? AF_INET6 : AF_INET
        descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
        // What is sent apart shall come apart.
        var noDelay: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<Int32>.size))
        if var receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
        }
        var timeout = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var result: Int32
        if let path = address.path {
            result = SocketAddress(unixPath: path).withSockaddr { connect(descriptor, $0, $1) }
        } else if isIPv6 {
            var target = sockaddr_in6()
            target.sin6_family = sa_family_t(AF_INET6)
            target.sin6_port = address.port.bigEndian
            inet_pton(AF_INET6, address.host, &target.sin6_addr)
            result = withUnsafePointer(to: target) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
                }
            }
        } else {
            var target = sockaddr_in()
            target.sin_family = sa_family_t(AF_INET)
            target.sin_port = address.port.bigEndian
            inet_pton(AF_INET, address.host, &target.sin_addr)
            result = withUnsafePointer(to: target) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        if result != 0 { throw Failed(description: "connect: \(String(cString: strerror(errno)))") }
    }

    deinit {
        // A number closed twice may by then be somebody else's.
        if isOpen { close(descriptor) }
    }

    func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) throws {
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { throw Failed(description: "send: \(String(cString: strerror(errno)))") }
            start += count
        }
    }

    /// Says that no more will be sent.
    func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Closes, whatever is still unread.
    func leave() {
        close(descriptor)
        isOpen = false
    }

    /// Closes so that the server sees a reset.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close(descriptor)
        isOpen = false
    }

    /// Reads more; false at the end of the connection.
    private func fill(atMost size: Int = 65_536) throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: size)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count < 0 { throw Failed(description: "recv: \(String(cString: strerror(errno)))") }
        received += buffer[..<count]
        return count > 0
    }

    private func take(_ count: Int) throws -> String {
        while received.count < count {
            guard try fill() else { throw Failed(description: "the connection ended amid an answer") }
        }
        defer { received.removeFirst(count) }
        return String(decoding: received[..<count], as: UTF8.self)
    }

    private func line() throws -> String {
        while true {
            if let end = received.firstIndex(of: 10) {
                let line = try take(end + 1)
                guard line.hasSuffix("\r\n") else { throw Failed(description: "a bare LF in an answer") }
                return String(line.dropLast())
            }
            guard try fill() else { throw Failed(description: "the connection ended amid a line") }
        }
    }

    /// Takes in what comes next; false at the end of the connection.
    func readSome(atMost size: Int) throws -> Bool {
        try fill(atMost: size)
    }

    /// Everything until the server closes.
    func readToEnd() throws -> String {
        while try fill() {}
        return try take(received.count)
    }

    /// The same as it came.
    func readBytesToEnd() throws -> [UInt8] {
        while try fill() {}
        defer { received = [] }
        return received
    }

    /// Whether the server has closed, with nothing more said.
    func isAtEnd() throws -> Bool {
        try received.isEmpty && !fill()
    }

    /// One answer, its body by the rules of RFC 9112 section 6.3.
    func readAnswer(toHead: Bool = false) throws -> Answer {
        let start = try line()
        guard start.hasPrefix("HTTP/1.1 "), let status = Int(start.dropFirst(9).prefix(3)) else {
            throw Failed(description: "not a status line: \(start)")
        }
        var answer = Answer(status: status, fields: [:], body: "")
        while true {
            let field = try line()
            if field.isEmpty { break }
            let colon = field.firstIndex(of: ":")!
            answer.fields[field[..<colon].lowercased()] = String(field[field.index(colon, offsetBy: 2)...])
        }
        if toHead || status < 200 || status == 204 || status == 304 { return answer }
        if let length = answer.fields["content-length"] {
            answer.body = try take(Int(length)!)
        } else if answer.fields["transfer-encoding"] == "chunked" {
            while true {
                let size = Int(try line(), radix: 16)!
                let chunk = try take(size)
                guard try line().isEmpty else { throw Failed(description: "a chunk without its end") }
                if size == 0 { break }
                answer.chunks.append(chunk)
            }
            answer.body = answer.chunks.joined()
        } else {
            answer.body = try readToEnd()
        }
        return answer
    }

    /// Sends a request and reads its answer.
    func ask(_ request: String, isHead: Bool? = nil) throws -> Answer {
        try send(request)
        return try readAnswer(toHead: isHead ?? request.hasPrefix("HEAD"))
    }

    /// GET with the fields that must be there.
    func get(_ path: String) throws -> Answer {
        try ask("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
    }
}
