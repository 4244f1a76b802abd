/// A change that waits to be committed with others, and then what came of it. GroupCommit calls it on its queue alone.
protocol BatchedChange: AnyObject, Sendable {
    /// Whether it gets a batch of its own.
    var isAlone: Bool { get }

    /// Makes it; a second time when the first was for nothing.
    func apply(_ transaction: WriteTransaction) throws

    /// It is on disk.
    func committed()

    /// Nothing of it is kept.
    func failed(_ error: any Error)
}
