import Foundation

/// The one place where files are made. Each is new, is reached through no symbolic link, and only its owner can read and
/// write it, whatever the umask: it holds what customers said.
package enum NewFile {
    private static let letters = Array(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

    /// Makes an empty file, and returns a descriptor to read and write it. The caller closes it.
    ///
    /// - Throws: `EEXIST` where there is anything of that name, else what the system says.
    package static func make(_ path: String) throws(SystemError) -> CInt {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError() }
        // The umask may have taken more away.
        guard fchmod(descriptor, 0o600) == 0 else {
            let error = SystemError()
            close(descriptor)
            unlink(path)
            throw error
        }
        return descriptor
    }

    /// The same under a name of its own beside another: `PATH.partial-XXXXXX`.
    package static func make(beside path: String) throws(SystemError) -> (
        descriptor: CInt, path: String
    ) {
        while true {
            let name = "\(path).partial-" + String((0..<6).map { _ in letters.randomElement()! })
            do throws(SystemError) {
                return (try make(name), name)
            } catch {
                guard error.code == EEXIST else { throw error }
            }
        }
    }

    /// The same without a name, where files go that nobody else needs. It is gone once the descriptor is closed.
    package static func makeUnnamed() throws(SystemError) -> CInt {
        let file = try make(
            beside: FileManager.default.temporaryDirectory.appending(path: "casekeeper").path)
        unlink(file.path)
        return file.descriptor
    }
}
