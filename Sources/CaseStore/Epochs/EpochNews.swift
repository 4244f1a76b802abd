/// What a service is told of another one that has the same record.
public struct EpochNews: Sendable, Hashable {
    public let epoch: Int64
    /// The hash of the first entry there, if it was said.
    public let record: String?

    public init(epoch: Int64, record: String?) {
        self.epoch = epoch
        self.record = record
    }
}
