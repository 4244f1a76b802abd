/// An answer that is written. Its line in the log waits until the system has taken all of it: a peer that reads nothing, or
/// memory that others need, may cut it until then.
struct WrittenAnswer {
    let exchange: Exchange
    let status: Int
    /// Of the body.
    let bytes: Int
    /// From the request being whole to its answer being written.
    let nanoseconds: Int64
    /// Where it ends in all that the connection sends.
    let end: Int
}
