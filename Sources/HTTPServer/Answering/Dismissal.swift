/// What a service says of somebody whom it let in, and would not let in any more.
public struct Dismissal: Sendable {
    /// Goes out instead of the answer that was made for them.
    public let response: Response
    /// Why, in a word, for the log of an answer that has begun to go out and is cut.
    public let reason: String

    /// - Parameters:
    ///   - response: instead of the answer.
    ///   - reason: in a word, in `snake_case`.
    public init(_ response: Response, reason: String) {
        self.response = response
        self.reason = reason
    }
}
