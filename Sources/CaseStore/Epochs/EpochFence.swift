import Synchronization

/// Fence around a record that another service goes on with: whoever writes asks it first. What it knows is on record, so it
/// stands after a restart too; it is read anew in every batch, at start, and when another process has written.
final class EpochFence: Sendable {
    private let state = Mutex<Epochs?>(nil)
    private let isOpen: Bool
    private let observe: @Sendable (StoreEvent) -> Void

    /// - Parameter isOpen: whether it lets everybody through: for a promotion, and for noting what was seen.
    init(isOpen: Bool, observe: @escaping @Sendable (StoreEvent) -> Void) {
        self.isOpen = isOpen
        self.observe = observe
    }

    /// What the record says.
    func saw(_ epochs: Epochs) {
        let news: (Int64, Int64)? = state.withLock { state in
            defer { state = epochs }
            guard let successor = epochs.successor, state?.successor != successor, !isOpen else { return nil }
            return (epochs.own, successor)
        }
        if let (own, successor) = news { observe(.superseded(epoch: own, by: successor)) }
    }

    /// Why nothing is written, if so.
    var refusal: StoreError? {
        guard !isOpen, let epochs = state.withLock(\.self), let successor = epochs.successor else { return nil }
        return .superseded(epoch: epochs.own, by: successor)
    }
}
