import Synchronization

/// That somebody has asked to stop; long work looks at it where stopping leaves nothing half done.
final class Interruption: Sendable {
    private let flag = Atomic(false)

    var isRequested: Bool { flag.load(ordering: .relaxed) }

    func request() {
        flag.store(true, ordering: .relaxed)
    }
}
