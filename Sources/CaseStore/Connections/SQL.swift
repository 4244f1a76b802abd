import Synchronization

/// A statement whose text is always the same. Each connection prepares it once.
final class SQL: Sendable {
    let text: String
    /// Its place among all there are, where a connection finds what it has prepared.
    let slot: Int

    private static let count = Atomic(0)

    init(_ text: String) {
        self.text = text
        slot = Self.count.wrappingAdd(1, ordering: .relaxed).oldValue
    }
}
