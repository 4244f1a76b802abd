import CaseStore
import Foundation

/// What a command reads, as often as it likes: a regular file, or what comes out of a pipe, which is kept in a file
/// without a name meanwhile.
final class InputFile: Sendable {
    /// How long a pipe may have no writer before there is said to be none, in milliseconds: a shell may start both at
    /// once.
    private static let writerPatience = 1000
    private static let pieceSize = 64 * 1024

    let path: String
    /// Which file it is, for what is not to be written over.
    let identity: FileStatus.Identity
    private let descriptor: CInt

    /// What is in a file, or comes out of a pipe, for what is taken whole.
    ///
    /// - Parameter limit: of bytes. Where there is more, one byte more than that is returned, and no more than that is read.
    static func content(of path: String, limit: Int) throws(FileError) -> [UInt8] {
        try InputFile(path, limit: limit).read(upTo: limit + 1)
    }

    /// Opens it; what comes out of a pipe is read to its end, for as long as somebody has it open for writing. Ctrl-C
    /// ends the wait.
    convenience init(_ path: String) throws(FileError) {
        try self.init(path, limit: nil)
    }

    /// - Parameter limit: of bytes, past which nothing more is read from a pipe.
    private init(_ path: String, limit: Int?) throws(FileError) {
        self.path = path
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(.open, path) }
        guard let status = FileStatus(descriptor: descriptor), status.isRegular || status.isPipe else {
            close(descriptor)
            throw FileError(.open, path, reason: "it is no regular file")
        }
        identity = status.identity
        guard status.isPipe else {
            self.descriptor = descriptor
            return
        }
        defer { close(descriptor) }
        self.descriptor = try Self.keep(descriptor, path, limit)
    }

    deinit {
        close(descriptor)
    }

    /// The bytes from an offset on, some at a time; none at the end.
    func read(upTo count: Int, at offset: Int = 0) throws(FileError) -> [UInt8] {
        var result = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            repeat {
                result = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            } while result < 0 && errno == EINTR
            initialized = max(0, result)
        }
        if result < 0 { throw FileError(.read, path) }
        return bytes
    }

    private static func keep(_ pipe: CInt, _ path: String, _ limit: Int?) throws(FileError) -> CInt {
        let kept: CInt
        do throws(SystemError) {
            kept = try NewFile.makeUnnamed()
        } catch {
            throw FileError(
                .write, FileManager.default.temporaryDirectory.path, reason: error.description)
        }
        do throws(FileError) {
            try copy(pipe, to: kept, path, limit)
            return kept
        } catch {
            close(kept)
            throw error
        }
    }

    private static func copy(_ pipe: CInt, to kept: CInt, _ path: String, _ limit: Int?) throws(FileError) {
        var buffer = [UInt8](repeating: 0, count: pieceSize)
        var hasWriter = false
        var waited = 0
        var length = 0
        while limit.map({ length <= $0 }) ?? true {
            let count = Foundation.read(pipe, &buffer, buffer.count)
            if count > 0 {
                hasWriter = true
                try write(buffer[..<count], to: kept)
                length += count
            } else if count == 0 {
                if hasWriter { return }
                guard waited < writerPatience else {
                    throw FileError(.open, path, reason: "nobody writes into the pipe")
                }
                usleep(10_000)
                waited += 10
            } else if errno == EAGAIN {
                hasWriter = true
                var poll = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
                _ = Foundation.poll(&poll, 1, -1)
            } else if errno != EINTR {
                throw FileError(.read, path)
            }
        }
    }

    private static func write(_ bytes: ArraySlice<UInt8>, to kept: CInt) throws(FileError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(kept, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw FileError(.write, FileManager.default.temporaryDirectory.path)
            }
        }
    }
}
