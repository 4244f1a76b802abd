import Glibc

/// Messages on their way to a descriptor that others may have closed, filled or stopped to read: none of these ends or
/// holds up the work that they tell of. The first message that finds no room waits a little for it; those after it are
/// counted and dropped until there is room.
struct MessageOutput {
    /// In milliseconds: what a reader that is slow for a moment is given.
    private static let patience: CInt = 100
    /// A pipe that can be written takes as much at once (PIPE_BUF).
    private static let piece = 4096

    private let descriptor: CInt
    /// Whether a write to it may wait, as to a pipe and not to a file.
    private let mayBlock: Bool
    private var lost = 0
    private var isStalled = false
    /// Whether only a part of the last message could be written.
    private var isCut = false

    init(_ descriptor: CInt) {
        self.descriptor = descriptor
        var information = stat()
        mayBlock = fstat(descriptor, &information) != 0 || information.st_mode & S_IFMT != S_IFREG
    }

    mutating func write(_ text: String, afterLoss loss: (Int) -> String) {
        var all = text
        if lost > 0 { all = loss(lost) + all }
        if isCut { all = "\n" + all }
        let length = all.utf8.count
        let written = all.withUTF8 { write(UnsafeRawBufferPointer($0)) }
        lost = written == length ? 0 : lost + 1
        if written > 0 { isCut = written < length }
    }

    /// Returns how much of it was written.
    private mutating func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        var written = 0
        while written < bytes.count {
            if mayBlock, !hasRoom() { break }
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written...].prefix(Self.piece))
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count > 0 {
                written += count
            } else if errno != EINTR, errno != EAGAIN {
                break
            }
        }
        return written
    }

    /// Whether a write would not wait.
    private mutating func hasRoom() -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        var ready: CInt
        repeat { ready = poll(&entry, 1, isStalled ? 0 : Self.patience) } while ready < 0 && errno == EINTR
        isStalled = ready == 0
        return !isStalled
    }
}
