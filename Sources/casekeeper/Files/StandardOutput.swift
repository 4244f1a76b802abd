import CaseStore
import Glibc

/// What a command was asked for. That it can't be written is a failure of the command, not of nobody.
enum StandardOutput {
    /// Looks whether it leads into one of the files that a command reads or writes.
    ///
    /// - Throws: `CopyError.ownSource` if so.
    static func requireApart(from files: FileNames) throws(CopyError) {
        try OutputChannel.standard.requireApart(from: files, "standard output")
    }

    /// Looks whether it can be written, as far as that can be told beforehand: before something is made that can be shown
    /// this one time.
    static func requireWritable() throws(FileError) {
        let flags = fcntl(STDOUT_FILENO, F_GETFL)
        // One that the process was started without is open for reading (`StandardStreams`).
        if flags >= 0, flags & O_ACCMODE == O_RDONLY {
            errno = EBADF
        } else if write(STDOUT_FILENO, "", 0) >= 0 {
            return
        }
        throw FileError(.write, "standard output")
    }

    /// Writes a line.
    static func print(_ line: String) throws {
        var output = try OutputFile()
        try output.write((line + "\n").utf8)
        try output.flush()
    }
}
