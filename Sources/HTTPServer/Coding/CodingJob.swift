import Synchronization

/// An answer that waits to be compressed beside its loop. Whoever is first takes it: the coder, to code it, or its
/// connection, to drop it when its client has gone.
final class CodingJob: Sendable {
    let count: Int
    private let response: Mutex<Response?>

    /// - Parameter count: of the body, in bytes.
    init(_ response: Response, count: Int) {
        self.count = count
        self.response = Mutex(response)
    }

    /// The answer, once.
    func take() -> Response? {
        response.withLock { $0.take() }
    }
}
