/// Arena for bound values: where the texts and bytes that statements are run with stay meanwhile, so that SQLite need not copy each into memory of
/// its own. A statement still points here after its run, but is given all its values anew before the next one.
final class BoundValues {
    private let memory: UnsafeMutableRawBufferPointer
    private var used = 0

    /// For all statements that run at once: what does not fit is copied by SQLite.
    private static let size = 64 << 10

    init() {
        memory = .allocate(byteCount: Self.size, alignment: 16)
    }

    deinit {
        memory.deallocate()
    }

    /// A copy that stays until `release`; nil when there is no room for it. For no bytes there always is, and they have a
    /// place too: a text without one would be NULL.
    func copy(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawPointer? {
        guard bytes.count <= memory.count - used, let start = memory.baseAddress?.advanced(by: used) else { return nil }
        if let source = bytes.baseAddress { start.copyMemory(from: source, byteCount: bytes.count) }
        used += bytes.count
        return UnsafeRawPointer(start)
    }

    /// How much is in use, to go back to.
    var mark: Int { used }

    /// Gives back what was copied since `mark`.
    func release(to mark: Int) {
        used = mark
    }
}
