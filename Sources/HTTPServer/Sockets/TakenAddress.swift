import Synchronization

/// An address that is taken for a server to come: that somebody else has it shows before anything is made ready for one.
/// Nobody can connect before the server starts; to a Unix socket they can, and are answered once it has started.
public final class TakenAddress: Sendable {
    /// With its real port where 0 was asked for.
    public let address: BoundAddress
    private let listener: Mutex<Listener?>

    /// - Throws: `StartError` when it can't be had.
    public init(for configuration: ServerConfiguration) throws(StartError) {
        let listener = try Listener(
            binding: configuration.listen, sendBuffer: configuration.unsentBytes)
        address = listener.address
        self.listener = Mutex(listener)
    }

    deinit {
        listener.withLock { $0?.close() }
    }

    /// Gives the socket away; nil when it has been.
    func take() -> Listener? {
        listener.withLock { $0.take() }
    }
}
