/// Why a body ends before it is whole, in a word for the log. As an error of a `BodyStream` it ends the body on purpose.
public struct CutReason: Error, Hashable {
    /// In `snake_case`.
    public let word: String

    /// A reason of the service's own.
    public init(_ word: String) {
        self.word = word
    }

    /// The peer went before it had all of it.
    static let clientGone = CutReason("client_gone")
    /// The peer took too little of it for too long.
    static let tooSlow = CutReason("too_slow")
    /// Clients have made the server hold more than it may, and the peer leaves its part unread.
    static let outOfMemory = CutReason("out_of_memory")
    /// The server shuts down, and has waited long enough.
    static let shuttingDown = CutReason("shutting_down")
    /// It could not be made; the log has the error in a line of its own.
    static let failed = CutReason("failed")
}
