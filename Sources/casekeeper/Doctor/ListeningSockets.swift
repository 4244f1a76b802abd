import Foundation

/// The TCP sockets of this machine that listen (proc(5), /proc/net/tcp), and whose they are.
struct ListeningSockets: Sendable {
    /// The users that listen, by port.
    let users: [UInt16: Set<uid_t>]

    /// Those of the network that this process sees.
    static var system: ListeningSockets {
        let texts = ["/proc/net/tcp", "/proc/net/tcp6"].map { FileManager.default.contents(atPath: $0) ?? Data() }
        return ListeningSockets(texts.map { String(decoding: $0, as: UTF8.self) })
    }

    init(users: [UInt16: Set<uid_t>]) {
        self.users = users
    }

    /// - Parameter texts: tables as the system writes them; lines of another form are passed over.
    init(_ texts: [String]) {
        var users: [UInt16: Set<uid_t>] = [:]
        for line in texts.flatMap({ $0.split(separator: "\n") }) {
            let columns = line.split(separator: " ")
            // Local address, state 0A (TCP_LISTEN), user.
            guard columns.count > 7, columns[3] == "0A", let digits = columns[1].split(separator: ":").last,
                let port = UInt16(digits, radix: 16), let user = uid_t(columns[7])
            else { continue }
            users[port, default: []].insert(user)
        }
        self.users = users
    }
}
