import Glibc

/// The TCP connections within this machine, with their users, as /proc/net/tcp and tcp6 show them (proc_pid_net(5)).
struct SocketTable {
    private static let pieceSize = 1 << 18

    /// By the ends as the other side sees them.
    private var users: [ConnectionEnds: UInt32] = [:]

    /// As they are now. Takes a microsecond for each of the machine's sockets, two of these a connection.
    init() {
        for path in ["/proc/net/tcp", "/proc/net/tcp6"] {
            Self.forEachLine(of: path) { line in
                guard let row = Self.row(line) else { return }
                users[row.ends] = row.user
            }
        }
    }

    /// Of text of that form.
    init(_ text: String) {
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            if let row = Self.row(Array(line)[...]) { users[row.ends] = row.user }
        }
    }

    /// The user who has the peer's socket; nil for nobody.
    func userID(atPeerOf ends: ConnectionEnds) -> UInt32? { users[ends] }

    /// `sl local_address rem_address st tx_queue:rx_queue tr:when retrnsmt uid timeout inode ...`; nil for the heading,
    /// for what is not within this machine, and for what no process has.
    private static func row(_ line: ArraySlice<UInt8>) -> (ends: ConnectionEnds, user: UInt32)? {
        let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 10)
        guard fields.count >= 10, let local = end(fields[1]), local.address.isLoopback, let remote = end(fields[2]),
            remote.address.isLoopback, let user = number(fields[7], base: 10), let inode = number(fields[9], base: 10),
            inode != 0
        else { return nil }
        let ends = ConnectionEnds(
            peer: local.address, peerPort: local.port, own: remote.address, ownPort: remote.port)
        return (ends, UInt32(truncatingIfNeeded: user))
    }

    /// `0100007F:1F90`: the words of the address are written as numbers of this machine, its port is one.
    private static func end(_ text: ArraySlice<UInt8>) -> (address: IPAddress, port: UInt16)? {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")),
            let port = number(text[(colon + 1)...], base: 16).flatMap(UInt16.init(exactly:))
        else { return nil }
        let digits = text[..<colon]
        guard digits.count == 8 || digits.count == 32 else { return nil }
        var words: [UInt64] = []
        for start in stride(from: digits.startIndex, to: digits.endIndex, by: 8) {
            guard let word = number(digits[start..<(start + 8)], base: 16) else { return nil }
            words.append(UInt64(UInt32(bigEndian: UInt32(word))))
        }
        let address =
            words.count == 1
            ? IPAddress(ipv4: words[0]) : IPAddress(ipv6: words[0] << 32 | words[1], words[2] << 32 | words[3])
        return (address, port)
    }

    private static func number(_ digits: ArraySlice<UInt8>, base: UInt64) -> UInt64? {
        guard !digits.isEmpty, digits.count <= 10 else { return nil }
        var number: UInt64 = 0
        for digit in digits {
            let value: UInt64
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = UInt64(digit - UInt8(ascii: "A") + 10)
            default: return nil
            }
            guard value < base else { return nil }
            number = number * base + value
        }
        return number
    }

    /// A file that can't be read has no lines: then nobody is known.
    private static func forEachLine(of path: String, _ body: (ArraySlice<UInt8>) -> Void) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var piece = [UInt8](repeating: 0, count: pieceSize)
        var rest: [UInt8] = []
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            rest += piece[..<count]
            var start = rest.startIndex
            while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
                body(rest[start..<end])
                start = end + 1
            }
            rest.removeSubrange(..<start)
        }
    }
}
