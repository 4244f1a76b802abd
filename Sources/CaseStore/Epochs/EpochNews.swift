/// What a service is told of another one that has the same record.
public struct EpochNews: Sendable, Hashable {
    /// That of the other one.
    public let epoch: Int64
    /// The hash of the first entry there, in hexadecimal, if it was said.
    public let record: String?

    /// What was said, as it was said.
    public init(epoch: Int64, record: String?) {
        self.epoch = epoch
        self.record = record
    }
}
