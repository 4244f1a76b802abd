import CEpoll
import Glibc

/// The socket that new connections come from, shared by all loops.
struct Listener: Sendable {
    enum Accepted {
        case connection(descriptor: Int32, address: SocketAddress)
        case nothing
        /// No descriptors or no memory: trying again at once would spin.
        case exhausted
    }

    let descriptor: Int32
    let address: BoundAddress
    private let wanted: ListenAddress
    /// Of a Unix socket.
    private let file: SocketFile?

    /// Takes the address and listens there.
    ///
    /// - Parameter sendBuffer: bytes that the system is asked to hold for each peer that takes its answers slowly;
    ///   it would take megabytes else.
    init(_ wanted: ListenAddress, backlog: Int32, sendBuffer: Int) throws(StartError) {
        try self.init(binding: wanted, sendBuffer: sendBuffer)
        do throws(StartError) {
            try listen(backlog: backlog)
        } catch {
            close()
            throw error
        }
    }

    /// Takes the address. Nobody can connect yet; to a Unix socket they can, and wait.
    init(binding wanted: ListenAddress, sendBuffer: Int) throws(StartError) {
        let resolved: SocketAddress
        switch wanted {
        case .tcp(let host, let port): resolved = try Self.resolve(host, port)
        case .unix(let address): resolved = SocketAddress(unixPath: address.path)
        }
        let descriptor = socket(
            resolved.family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue),
            0)
        guard descriptor >= 0 else { throw .system(call: "socket", reason: Self.reason(errno)) }
        do throws(StartError) {
            Self.setOption(descriptor, SOL_SOCKET, SO_SNDBUF, Int32(clamping: sendBuffer))
            switch wanted {
            case .tcp:
                address = try Self.bind(descriptor, to: resolved, wanted)
                file = nil
            case .unix(let unix):
                file = try SocketFile.listen(descriptor, at: unix)
                address = BoundAddress(path: unix.path)
            }
            self.wanted = wanted
            self.descriptor = descriptor
        } catch {
            Glibc.close(descriptor)
            throw error
        }
    }

    /// Has the system hold connections ready from now on.
    func listen(backlog: Int32) throws(StartError) {
        guard Glibc.listen(descriptor, backlog) == 0 else { throw Self.refusal(of: wanted) }
    }

    func accept() -> Accepted {
        while true {
            var address = SocketAddress()
            let descriptor = address.withMutablePointer { cepoll_accept(self.descriptor, $0, $1) }
            if descriptor >= 0 { return .connection(descriptor: descriptor, address: address) }
            switch errno {
            // The connection died while it waited, or a signal came: the next may be well (accept(2)).
            case EINTR, ECONNABORTED, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, ENONET, EHOSTUNREACH, ENETUNREACH:
                continue
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
            default: return .nothing
            }
        }
    }

    func close() {
        // In this order: once it is closed, another may have its name.
        file?.remove()
        Glibc.close(descriptor)
    }

    private static func resolve(_ host: String, _ port: UInt16) throws(StartError) -> SocketAddress {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &list)
        guard code == 0, let first = list else {
            throw .unknownHost(ListenAddress(host: host, port: port), reason: String(cString: gai_strerror(code)))
        }
        defer { freeaddrinfo(list) }
        // IPv4 first where a name has both, as most clients on the machine try it.
        let all = sequence(first: first) { $0.pointee.ai_next }
        let chosen = all.first { $0.pointee.ai_family == AF_INET } ?? first
        return SocketAddress(copying: chosen.pointee.ai_addr, length: chosen.pointee.ai_addrlen)
    }

    private static func bind(
        _ descriptor: Int32, to resolved: SocketAddress, _ wanted: ListenAddress
    ) throws(StartError) -> BoundAddress {
        // SO_REUSEADDR lets a restart bind beside connections in TIME_WAIT. Not SO_REUSEPORT: with it a second
        // server would quietly share the port.
        setOption(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        if resolved.family == AF_INET6 { setOption(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0) }
        guard resolved.withSockaddr({ Glibc.bind(descriptor, $0, $1) }) == 0 else {
            throw refusal(of: wanted)
        }
        var bound = SocketAddress()
        _ = bound.withMutablePointer { pointer, length in
            getsockname(descriptor, pointer.assumingMemoryBound(to: sockaddr.self), length)
        }
        return BoundAddress(bound)
    }

    /// What the call means that has just failed.
    private static func refusal(of wanted: ListenAddress) -> StartError {
        switch errno {
        case EADDRINUSE: .addressInUse(wanted)
        case EACCES, EPERM: .notPermitted(wanted)
        case EADDRNOTAVAIL: .addressNotAvailable(wanted)
        default: .system(call: "listening on \(wanted)", reason: reason(errno))
        }
    }

    static func setOption(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    static func reason(_ code: Int32) -> String {
        String(cString: strerror(code))
    }
}
