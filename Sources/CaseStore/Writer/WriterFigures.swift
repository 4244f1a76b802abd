/// What a writer has done since it started.
public struct WriterFigures: Sendable, Hashable {
    /// The upper bounds of `sizes`, ascending. What is larger comes last.
    public static let sizeBounds = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]

    /// Changes that wait now.
    public internal(set) var waiting = 0
    /// Batches committed, one fsync each.
    public internal(set) var batches = 0
    /// Batches that failed as a whole.
    public internal(set) var failedBatches = 0
    /// Batches committed by how many changes were in them: one more than there are bounds.
    public internal(set) var sizes = [Int](repeating: 0, count: sizeBounds.count + 1)
    /// Changes that are on disk. Reads that had to wait for a batch are among them, as empty changes.
    public internal(set) var committed = 0
    /// Changes rolled back alone, because a rule was against them or they failed.
    public internal(set) var rolledBack = 0
    /// Changes lost with the batch they were in.
    public internal(set) var failed = 0

    mutating func count(batch size: Int, rolledBack: Int) {
        batches += 1
        sizes[Self.sizeBounds.firstIndex { size <= $0 } ?? Self.sizeBounds.count] += 1
        committed += size - rolledBack
        self.rolledBack += rolledBack
    }
}
