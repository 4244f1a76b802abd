/// What a client asked of the one promise of a history, and what it was answered.
struct Operation<Request: Sendable, Answer: Sendable>: Sendable {
    /// Which client it was.
    let client: Int
    let request: Request
    var answer: Answer
    /// When it was asked and when it was answered, by one clock for all clients.
    let began: UInt64
    let ended: UInt64
}

/// What an object would do if it were asked one thing after the other.
protocol SequentialModel: Hashable, Sendable {
    associatedtype Request: Sendable
    associatedtype Answer: Sendable

    /// The state after the request, if that answer is what the state allows; nil if it is not.
    func next(_ request: Request, _ answer: Answer) -> Self?
}
