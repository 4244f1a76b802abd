import Synchronization

/// A clock for limits, which stands still until a test moves it on.
final class TestTime: Sendable {
    private let nanoseconds = Atomic<Int64>(1_000_000_000)

    var now: Int64 { nanoseconds.load(ordering: .relaxed) }

    func advance(bySeconds seconds: Double) {
        nanoseconds.add(Int64(seconds * 1_000_000_000), ordering: .relaxed)
    }
}
