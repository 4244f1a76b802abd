/// Where to listen, as people write it: `127.0.0.1:8080`, `[::1]:8080`, `localhost:0`, `unix:/run/casekeeper/http.sock`.
public enum ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// A name or a numeric address, without brackets, and a port, of which 0 lets the system choose.
    case tcp(host: String, port: UInt16)
    case unix(UnixAddress)

    /// What is wrong with a text that should have been an address.
    public struct ParseError: Error, Sendable, Hashable, CustomStringConvertible {
        /// A sentence with an example of what would do.
        public let description: String
    }

    /// An address of TCP whose parts are known.
    public init(host: String, port: UInt16) {
        self = .tcp(host: host, port: port)
    }

    /// - Throws: when the text is not `HOST:PORT`, `[IPV6]:PORT` or `unix:PATH`.
    public init(_ text: String) throws(ParseError) {
        func refused(_ why: String) -> ParseError {
            ParseError(
                description:
                    "\(why) in \"\(text)\"; write HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080, or unix:PATH.")
        }
        if text.hasPrefix(UnixAddress.prefix) {
            self = .unix(try UnixAddress(text))
            return
        }
        guard let colon = text.lastIndex(of: ":") else { throw refused("There is no port") }
        var host = text[..<colon]
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else {
            throw refused("The port is not a number from 0 to 65535")
        }
        if host.hasPrefix("[") {
            guard host.hasSuffix("]"), host.count > 2 else {
                throw refused("The bracket is not closed around an address")
            }
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { throw refused("Brackets are for IPv6 addresses only") }
        } else if host.contains(":") {
            throw refused("An IPv6 address needs brackets")
        }
        let isHostByte: (UInt8) -> Bool = { byte in
            ByteSet.registeredName.contains(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "%")
        }
        guard !host.isEmpty, host.utf8.allSatisfy(isHostByte) else { throw refused("There is no valid host") }
        self.init(host: String(host), port: port)
    }

    /// A name or a numeric address, without brackets; nil for a Unix socket.
    public var host: String? {
        guard case .tcp(let host, _) = self else { return nil }
        return host
    }

    /// 0 lets the system choose; nil for a Unix socket.
    public var port: UInt16? {
        guard case .tcp(_, let port) = self else { return nil }
        return port
    }

    /// Whether only this machine can reach it: 127.0.0.0/8, ::1, the name localhost or a Unix socket. A name is not
    /// looked up.
    public var isLoopback: Bool {
        guard let host else { return true }
        if host.lowercased() == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// As it is written on a command line, without the settings of a socket's file.
    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let address): address.description
        }
    }
}
