/// A stream that is being sent as the body of the oldest exchange.
struct OutgoingStream {
    let body: BodyStream
    let sequence: UInt64
    let isChunked: Bool
    /// A piece is being made; no other is asked for meanwhile.
    var isPulling = false
    var bytes = 0
}
