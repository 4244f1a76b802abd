import Synchronization

/// A response that can be made before it is known whether it will be sent.
final class ResponseDraft: Sendable {
    private let make: @Sendable () -> Response
    private let made = Mutex<Response?>(nil)

    init(_ make: @escaping @Sendable () -> Response) {
        self.make = make
    }

    /// Makes it, to be taken later, and says how many bytes it holds until then.
    func prepare() -> Int {
        let response = make()
        made.withLock { $0 = response }
        return response.holds
    }

    /// The response, made now if it was not before.
    func take() -> Response {
        made.withLock { $0.take() } ?? make()
    }
}
