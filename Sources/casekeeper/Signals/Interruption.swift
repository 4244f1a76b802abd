import Synchronization

/// That somebody has asked to stop; long work looks at it where stopping leaves nothing half done.
final class Interruption: Sendable {
    private let flag = Atomic(false)

    var isRequested: Bool { flag.load(ordering: .relaxed) }

    /// Runs what a signal is not to end in the middle: what asks for the end is noted meanwhile, for it to look at.
    static func noted<Value>(_ body: (Interruption) throws -> Value) rethrows -> Value {
        let interruption = Interruption()
        let trap = SignalTrap(SignalTrap.endings) { @Sendable in interruption.request() }
        return try withExtendedLifetime(trap) { try body(interruption) }
    }

    func request() {
        flag.store(true, ordering: .relaxed)
    }
}
