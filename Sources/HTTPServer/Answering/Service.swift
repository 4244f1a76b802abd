/// What a server serves. It is asked on the loop that holds the connection, and must not block there.
public protocol Service: Sendable {
    /// What each loop owns for itself, such as a database connection; made once a loop, used on that loop only.
    associatedtype LoopState

    /// What requests are counted and logged under: the patterns of its routes, always the same ones. Answers name
    /// them by index. None unless the service says so.
    var routes: [String] { get }

    /// Told once by every server of the service, before it takes a connection, where to read how it is doing.
    func willBeServed(measuredBy meter: ServerMeter)

    /// Makes the state of one loop, on that loop, before it takes a connection.
    func makeLoopState() throws -> LoopState

    /// Answers at once, or keeps `reply` and answers later, from any queue, exactly once.
    func respond(to request: Request, state: LoopState, reply: Reply<LoopState>) -> Answer

    /// The answer to what was refused before it was a whole request, or that the server itself must answer.
    func response(to refusal: Refusal, requestID: String) -> Response
}

extension Service {
    /// None: all requests count as one.
    public var routes: [String] { [] }

    /// Nothing to remember.
    public func willBeServed(measuredBy meter: ServerMeter) {}
}
