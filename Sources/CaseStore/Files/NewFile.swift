package import Foundation

/// The one place where files are made. Each is new, is reached through no symbolic link, and only its owner can read and
/// write it, whatever the umask: it holds what customers said.
package enum NewFile {
    private static let letters = Array(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

    /// Whose a new file is.
    package enum Owner: Sendable {
        /// Whoever makes it.
        case maker
        /// The folder's owner, where that is not root and root makes it: what is a database's is the service's, and a service
        /// can't open what belongs to root.
        case folder
        /// The same where that is this user, who may read what is in it as it is.
        case folderOf(uid_t)
    }

    /// Makes an empty file, and returns a descriptor to read and write it. The caller closes it.
    ///
    /// - Throws: `EEXIST` where there is anything of that name, else what the system says.
    package static func make(_ path: String, for owner: Owner = .maker) throws(SystemError) -> CInt {
        guard geteuid() == 0, let folder = openFolder(of: path, for: owner) else { return try make(AT_FDCWD, path) }
        defer { close(folder) }
        let descriptor = try make(folder, URL(filePath: path).lastPathComponent)
        // By descriptors alone: whoever may write the folder may put something else under any of its names. A system on which
        // root may give nothing away leaves it root's.
        if let owner = FileStatus(descriptor: folder)?.owner { _ = fchown(descriptor, owner.user, owner.group) }
        return descriptor
    }

    /// The folder that a new file of root's goes to, whose owner it is to belong to; nil where it is to be root's.
    private static func openFolder(of path: String, for owner: Owner) -> CInt? {
        if case .maker = owner { return nil }
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        let user = FileStatus(descriptor: descriptor)?.owner.user ?? 0
        if case .folderOf(let only) = owner, only != user {
            close(descriptor)
            return nil
        }
        guard user != 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private static func make(_ folder: CInt, _ name: String) throws(SystemError) -> CInt {
        let descriptor = openat(folder, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError() }
        // The umask may have taken more away.
        guard fchmod(descriptor, 0o600) == 0 else {
            let error = SystemError()
            close(descriptor)
            unlinkat(folder, name, 0)
            throw error
        }
        return descriptor
    }

    /// The same under a name of its own beside another: `PATH.partial-XXXXXX`.
    package static func make(beside path: String, for owner: Owner = .maker) throws(SystemError) -> (
        descriptor: CInt, path: String
    ) {
        while true {
            let name = "\(path).partial-" + String((0..<6).map { _ in letters.randomElement()! })
            do throws(SystemError) {
                return (try make(name, for: owner), name)
            } catch {
                guard error.code == EEXIST else { throw error }
            }
        }
    }

    /// Makes what has happened to names in a file's folder last: an `fsync` of the folder (fsync(2): that of a file says
    /// nothing of its name).
    package static func syncFolder(of path: String) throws(SystemError) {
        let descriptor = open(URL(filePath: path).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError() }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SystemError() }
    }

    /// The same without a name, where files go that nobody else needs. It is gone once the descriptor is closed.
    package static func makeUnnamed() throws(SystemError) -> CInt {
        let file = try make(
            beside: FileManager.default.temporaryDirectory.appending(path: "casekeeper").path)
        unlink(file.path)
        return file.descriptor
    }
}
