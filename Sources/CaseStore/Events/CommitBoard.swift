import Dispatch
import Foundation
import Synchronization

/// Commit notifier: tells of commits, of this process's own, and, to the process that serves the database, of those of others.
///
/// SQLite tells nobody of what another process commits. So whoever changes a database without serving it touches the
/// file of the server's lock afterwards, and the server has the system watch that file (inotify(7)): neither asks again
/// and again, and no commit of the server's own costs more for it.
final class CommitBoard: Sendable {
    private struct State {
        var own: (@Sendable (CommittedChanges) -> Void)?
        var watch: (any DispatchSourceRead)?
    }

    private let lockPath: String
    private let isServing: Bool
    private let state = Mutex(State())

    init(path: String, isServing: Bool) {
        lockPath = DatabaseLock.path(ofDatabase: path)
        self.isServing = isServing
    }

    deinit {
        state.withLock { $0.watch?.cancel() }
    }

    /// Told on whatever thread has found out.
    func observe(own: @escaping @Sendable (CommittedChanges) -> Void, others: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.own = own
            state.watch?.cancel()
            state.watch = isServing ? Self.watch(lockPath, others) : nil
        }
    }

    /// A batch is on disk.
    func publish(_ changes: CommittedChanges) {
        if isServing {
            state.withLock(\.own)?(changes)
        } else {
            // Where there is no such file, nobody serves.
            utimensat(AT_FDCWD, lockPath, nil, 0)
            state.withLock(\.own)?(changes)
        }
    }

    /// Nil when the system has no more watches to give: what others commit is then found with the next commit of one's
    /// own.
    private static func watch(
        _ path: String, _ handler: @escaping @Sendable () -> Void
    ) -> (any DispatchSourceRead)? {
        let descriptor = inotify_init1(CInt(IN_CLOEXEC) | CInt(IN_NONBLOCK))
        guard descriptor >= 0 else { return nil }
        guard inotify_add_watch(descriptor, path, UInt32(IN_ATTRIB)) >= 0 else {
            close(descriptor)
            return nil
        }
        let source = DispatchSource.makeReadSource(
            fileDescriptor: descriptor, queue: DispatchQueue(label: "casekeeper.commits-of-others"))
        source.setEventHandler { @Sendable in
            var events = [UInt8](repeating: 0, count: 4096)
            while read(descriptor, &events, events.count) > 0 {}
            handler()
        }
        source.setCancelHandler { @Sendable in _ = close(descriptor) }
        source.resume()
        return source
    }
}
