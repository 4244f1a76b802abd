import Synchronization

/// Tells the first signal from the rest.
final class SignalCounter: Sendable {
    private let wasSeen = Atomic(false)

    func isFirst() -> Bool {
        !wasSeen.exchange(true, ordering: .relaxed)
    }
}
