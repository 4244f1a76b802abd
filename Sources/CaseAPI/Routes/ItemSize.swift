import Synchronization

/// How many bytes an item of one route's lists takes, as far as those tell that were written last: it rises at once and
/// falls slowly. A page is bounded by it before it is made. It is a hint, of this service and its record: nothing that is
/// answered depends on it but whether there is memory for it.
final class ItemSize: Sendable {
    /// As long as none was written.
    private static let usual = 1024

    private let bytes = Atomic(usual)

    /// What so many items may take.
    func bound(of count: Int) -> Int { count * bytes.load(ordering: .relaxed) }

    /// So many items took so many bytes. What another loop says meanwhile may be lost.
    func note(_ written: Int, of count: Int) {
        guard count > 0 else { return }
        let known = bytes.load(ordering: .relaxed)
        let next = max(written / count, known - known / 16)
        if next != known { bytes.store(next, ordering: .relaxed) }
    }
}
