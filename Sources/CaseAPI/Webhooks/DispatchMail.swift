import Synchronization

/// What the dispatcher's thread is told by others, which wake it.
final class DispatchMail: Sendable {
    struct Contents {
        /// Something was committed.
        var isWanted = false
        /// Something of a webhook changed, or is to be posted by hand.
        var isTouched = false
        /// What was handed to the writer is on disk, or could not be written.
        var written: Bool?
        var isStopped = false
    }

    private let contents = Mutex(Contents())
    private let wake: @Sendable () -> Void

    /// - Parameter wake: ends the thread's wait.
    init(wake: @escaping @Sendable () -> Void) {
        self.wake = wake
    }

    func want(isTouched: Bool) {
        let isNews = contents.withLock { contents in
            defer {
                contents.isWanted = true
                contents.isTouched = contents.isTouched || isTouched
            }
            return !contents.isWanted
        }
        if isNews { wake() }
    }

    func written(_ isWritten: Bool) {
        contents.withLock { $0.written = isWritten }
        wake()
    }

    func stop() {
        contents.withLock { $0.isStopped = true }
        wake()
    }

    /// What has come; it is not there any more afterwards, but that it is to stop.
    func take() -> Contents {
        contents.withLock { contents in
            defer {
                (contents.isWanted, contents.isTouched) = (false, false)
                contents.written = nil
            }
            return contents
        }
    }
}
