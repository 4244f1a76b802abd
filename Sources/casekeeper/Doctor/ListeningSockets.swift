import Foundation

/// The TCP sockets of this machine that listen (proc(5), /proc/net/tcp), and whose they are.
struct ListeningSockets: Sendable {
    /// The users that listen, by port.
    let users: [UInt16: Set<uid_t>]
    /// Their inodes, by which it is seen whose they are (proc_pid_fd(5)).
    private(set) var inodes: [UInt16: Set<UInt64>] = [:]

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
        var inodes: [UInt16: Set<UInt64>] = [:]
        for line in texts.flatMap({ $0.split(separator: "\n") }) {
            let columns = line.split(separator: " ")
            // Local address, state 0A (TCP_LISTEN), user.
            guard columns.count > 7, columns[3] == "0A", let digits = columns[1].split(separator: ":").last,
                let port = UInt16(digits, radix: 16), let user = uid_t(columns[7])
            else { continue }
            users[port, default: []].insert(user)
            if columns.count > 9, let inode = UInt64(columns[9]) { inodes[port, default: []].insert(inode) }
        }
        self.users = users
        self.inodes = inodes
    }
}
