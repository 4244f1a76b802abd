/// The place in a connection's pipeline that an answer belongs to.
struct ReplySlot: Sendable {
    let loop: Loop
    let connection: ConnectionToken
    let sequence: UInt64
}

/// An answer on its way to its loop.
struct LateAnswer: Sendable {
    let connection: ConnectionToken
    let sequence: UInt64
    /// How many it may have.
    var bytes = 0
    let make: @Sendable (LoopStateBox) -> Response
}
