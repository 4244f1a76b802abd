import Foundation

/// Client of the service manager's notification protocol (sd_notify(3)): a datagram of NAME=VALUE lines to the socket that
/// NOTIFY_SOCKET names. Nobody is told where there is none; that one is gone, or takes nothing, is no concern of the service.
struct NotifySocket: Sendable {
    /// What a `sockaddr_un` has room for behind its family.
    private static let room = 108

    /// A path, or the name of an abstract socket behind a zero, as `sockaddr_un` has it.
    private let name: [UInt8]

    /// Nil where nobody wants to be told, or under a name that is no Unix socket's.
    init?(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
        guard let address = environment["NOTIFY_SOCKET"] else { return nil }
        var name = Array(address.utf8)
        guard name.count > 1, name.count < Self.room else { return nil }
        switch name[0] {
        case UInt8(ascii: "@"): name[0] = 0
        case UInt8(ascii: "/"): name.append(0)
        default: return nil
        }
        self.name = name
    }

    /// Sends one datagram with all of these. A manager that is slow is waited for, for a second.
    func tell(_ lines: String...) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var patience = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let message = Array(lines.joined(separator: "\n").utf8)
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(descriptor, message, message.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
    }

    /// The line that says how the service is doing, in one line whatever is in the text.
    static func status(_ text: String) -> String {
        "STATUS=" + text.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 0x20 } ? " " : $0 }
    }
}
