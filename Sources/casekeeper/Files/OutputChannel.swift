import CaseStore
import Glibc

/// Where bytes go: into a file, or as they come into a descriptor that the process was given, a terminal or another
/// device of characters, or a pipe.
struct OutputChannel {
    let descriptor: CInt
    /// Whether it is closed with what is written to it.
    let isOwned: Bool

    static let standard = OutputChannel(descriptor: STDOUT_FILENO, isOwned: false)

    private init(descriptor: CInt, isOwned: Bool) {
        self.descriptor = descriptor
        self.isOwned = isOwned
    }

    /// A file on its way to its place, which is given up when it can't be opened.
    init(of file: PendingFile) throws(FileError) {
        descriptor = open(file.path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC)
        isOwned = true
        guard descriptor < 0 else { return }
        let error = FileError(.make, file.path)
        file.discard()
        throw error
    }

    /// What a path means; nil where it means a file, or may. Symbolic links are not followed but for those that are the
    /// system's names of a descriptor: /dev/stdout, /dev/stderr and /dev/fd/N, which a shell puts for `>(...)`.
    ///
    /// - Throws: `FileError` for what can't be written, such as a pipe that nobody reads: to open it would wait.
    init?(at path: String) throws(FileError) {
        if let given = Self.given(path) {
            guard FileStatus(descriptor: given) != nil else {
                throw FileError(.make, path, reason: "it is not open")
            }
            descriptor = given
            isOwned = false
            return
        }
        guard Self.isStream(path) else { return nil }
        descriptor = open(path, O_WRONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC)
        isOwned = true
        guard descriptor >= 0 else {
            throw errno == ENXIO
                ? FileError(.make, path, reason: "nobody reads the pipe") : FileError(.make, path)
        }
        // From here on whoever reads slowly is waited for.
        let flags = fcntl(descriptor, F_GETFL)
        guard flags >= 0, fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK) == 0 else {
            let error = FileError(.make, path)
            close(descriptor)
            throw error
        }
    }

    /// Whether it is written as it comes.
    static func isStream(_ path: String) -> Bool {
        if given(path) != nil { return true }
        guard let status = FileStatus(path, followsLink: false) else { return false }
        return status.isPipe || status.isCharacterDevice
    }

    /// Where a shell has sent the descriptor may be one of the files that are read.
    func requireApart(from sources: FileNames, _ path: String) throws(CopyError) {
        guard let status = FileStatus(descriptor: descriptor), sources.contain(status) else { return }
        if isOwned { close(descriptor) }
        throw .ownSource(path)
    }

    private static func given(_ path: String) -> CInt? {
        switch path {
        case "/dev/stdout": return STDOUT_FILENO
        case "/dev/stderr": return STDERR_FILENO
        default:
            for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
                return CInt(path.dropFirst(folder.count))
            }
            return nil
        }
    }
}
