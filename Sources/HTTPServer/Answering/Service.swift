/// What a server serves. It is asked on the loop that holds the connection, and must not block there.
public protocol Service: Sendable {
    /// What each loop owns for itself, such as a database connection; made once a loop, used on that loop only.
    associatedtype LoopState

    /// What requests are counted and logged under: the patterns of its routes, always the same ones. Answers name
    /// them by index. None unless the service says so.
    var routes: [String] { get }

    /// A path as the log may have it: what of it is a secret is left out. As it came unless the service says otherwise.
    func logged(path: String) -> String

    /// Told once by every server of the service, before it takes a connection, where to read how it is doing.
    func willBeServed(measuredBy meter: ServerMeter)

    /// Makes the state of one loop, on that loop, before it takes a connection.
    func makeLoopState() throws -> LoopState

    /// Asked once about a request as soon as its header section is whole, when it has a body that is not wholly there yet,
    /// or one that is longer than the server takes of any request. `request` has no body; if it is let in, `respond` gets
    /// it with one, and `isAdmitted`. What has its whole body is handed to `respond` alone: both have to refuse the same.
    /// - Parameter bodyLength: of the body in bytes, at least 1; nil when only its end will tell.
    func admit(_ request: Request, bodyLength: Int?, state: LoopState) -> Admission

    /// Answers at once, or keeps `reply` and answers later, from any queue, exactly once.
    func respond(to request: Request, state: LoopState, reply: Reply<LoopState>) -> Answer

    /// Looks again at somebody who was let in, before an answer of theirs goes out that had to wait: for its making, for its
    /// turn behind others, to be compressed, or for its peer to take what came before it. Asked on the loop, once a turn of
    /// the loop at most for each `admission`, and never about an answer that goes out in the turn in which it was asked
    /// for. What a request has changed is told in any case.
    /// - Parameter admission: as the `Answer` had it.
    /// - Returns: nil when they would be let in again.
    func readmit(_ admission: Int64, requestID: String, state: LoopState) -> Dismissal?

    /// The answer to what was refused before it was a whole request, or that the server itself must answer.
    func response(to refusal: ServerRefusal, requestID: String) -> Response
}

extension Service {
    /// None: all requests count as one.
    public var routes: [String] { [] }

    /// There is no secret in it.
    public func logged(path: String) -> String { path }

    /// Everybody may send what the server takes.
    public func admit(_ request: Request, bodyLength: Int?, state: LoopState) -> Admission { .body() }

    /// Nobody who was let in is shown out.
    public func readmit(_ admission: Int64, requestID: String, state: LoopState) -> Dismissal? { nil }

    /// Nothing to remember.
    public func willBeServed(measuredBy meter: ServerMeter) {}
}
