import Glibc

/// The file of a Unix socket that listens: made with it, and removed before it closes.
///
/// Such a file outlives a process that is killed, and keeps the next one from its name. Whether anybody listens there is
/// asked with a connection: only the file of a dead socket refuses it, since a socket listens from the moment that its file
/// is there, as others see it. Those that start in a folder at once do so one after the other, by a lock on the folder.
struct SocketFile: Sendable {
    /// For so many steps of 20 ms the others that start are waited for.
    private static let patience = 100

    private let path: String
    private let device: dev_t
    private let inode: ino_t

    /// Has a socket listen there for as many connections as the system takes at least, in the place of one that died.
    ///
    /// - Throws: `StartError` where somebody listens, what is there is no socket, or the system refuses.
    static func listen(_ descriptor: Int32, at address: UnixAddress) throws(StartError) -> SocketFile {
        let owner = try FileOwner(address)
        let folder = try lockFolder(of: address)
        defer { Glibc.close(folder) }
        try clear(address)
        guard SocketAddress(unixPath: address.path).withSockaddr({ Glibc.bind(descriptor, $0, $1) }) == 0 else {
            throw errno == EADDRINUSE ? .addressInUse(.unix(address)) : refusal(address, reasonOfFolder(address.path))
        }
        var status = stat()
        guard lstat(address.path, &status) == 0 else { throw refusal(address, Listener.reason(errno)) }
        let file = SocketFile(path: address.path, device: status.st_dev, inode: status.st_ino)
        do throws(StartError) {
            // Nobody can connect as yet, whatever the umask has left.
            guard chmod(address.path, address.mode) == 0 else { throw refusal(address, Listener.reason(errno)) }
            try owner.take(address)
            guard Glibc.listen(descriptor, 0) == 0 else { throw refusal(address, Listener.reason(errno)) }
        } catch {
            file.remove()
            throw error
        }
        return file
    }

    /// Removes it if it is still this one, so that whoever has its name by now keeps it.
    func remove() {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_dev == device, status.st_ino == inode else { return }
        unlink(path)
    }

    /// Removes the file of a socket that is dead, and nothing else.
    private static func clear(_ address: UnixAddress) throws(StartError) {
        var status = stat()
        guard lstat(address.path, &status) == 0 else {
            if errno == ENOENT { return }
            throw refusal(address, Listener.reason(errno))
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw refusal(address, "it is there already, and is no socket: move it away, or choose another path")
        }
        let probe = socket(
            AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard probe >= 0 else { throw .system(call: "socket", reason: Listener.reason(errno)) }
        defer { Glibc.close(probe) }
        if SocketAddress(unixPath: address.path).withSockaddr({ connect(probe, $0, $1) }) == 0 {
            throw .addressInUse(.unix(address))
        }
        switch errno {
        case ECONNREFUSED: break
        case ENOENT: return
        case EACCES, EPERM:
            throw refusal(address, "a socket is there already that this user may not ask whether it is in use")
        // Its queue is full, or it is of another type.
        default: throw .addressInUse(.unix(address))
        }
        guard unlink(address.path) == 0 else {
            throw refusal(address, "a socket that died is there, and can't be removed: \(Listener.reason(errno))")
        }
    }

    /// - Returns: a descriptor that holds the lock until it is closed.
    private static func lockFolder(of address: UnixAddress) throws(StartError) -> Int32 {
        let name = String(address.path[..<address.path.lastIndex(of: "/")!])
        let folder = open(name.isEmpty ? "/" : name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else {
            throw refusal(address, "its folder \(name) can't be opened: \(Listener.reason(errno))")
        }
        for _ in 0..<patience {
            if flock(folder, LOCK_EX | LOCK_NB) == 0 { return folder }
            guard errno == EWOULDBLOCK || errno == EINTR else { break }
            usleep(20_000)
        }
        let reason = Listener.reason(errno)
        Glibc.close(folder)
        throw refusal(address, "another process has its folder \(name) locked: \(reason)")
    }

    /// Why a file could not be made.
    private static func reasonOfFolder(_ path: String) -> String {
        let code = errno
        return code == EACCES || code == EPERM || code == EROFS
            ? "this user may not make a file in its folder (\(Listener.reason(code)))" : Listener.reason(code)
    }

    private static func refusal(_ address: UnixAddress, _ reason: String) -> StartError {
        .unusableSocket(address, reason: reason)
    }
}

/// Whose a socket's file is to be.
private struct FileOwner {
    /// The number that leaves things as they are (chown(2)).
    private static let unchanged = UInt32.max

    private let user: uid_t
    private let group: gid_t

    /// - Throws: `StartError` for a name that nobody has.
    init(_ address: UnixAddress) throws(StartError) {
        user = try Self.number(address.owner, "user", of: address) { getpwnam($0)?.pointee.pw_uid }
        group = try Self.number(address.group, "group", of: address) { getgrnam($0)?.pointee.gr_gid }
    }

    func take(_ address: UnixAddress) throws(StartError) {
        guard user != Self.unchanged || group != Self.unchanged else { return }
        guard lchown(address.path, user, group) == 0 else {
            let whose = [address.owner.map { "user \($0)" }, address.group.map { "group \($0)" }].compactMap(\.self)
            throw .unusableSocket(
                address,
                reason:
                    "it can't be given to \(whose.joined(separator: " and ")): \(Listener.reason(errno)); a group has to be "
                    + "one that the service's user is in, and another owner takes root. Where it may give nothing away, as under "
                    + "the package's unit, leave that out, and put who is to connect into the service's own group")
        }
    }

    private static func number(
        _ name: String?, _ kind: String, of address: UnixAddress, _ look: (String) -> UInt32?
    ) throws(StartError) -> UInt32 {
        guard let name else { return unchanged }
        if let number = look(name) ?? UInt32(name), number != unchanged { return number }
        throw .unusableSocket(address, reason: "there is no \(kind) \(name)")
    }
}
