public import Logging

/// What a service says to a request.
public struct Answer: Sendable {
    enum Kind: Sendable {
        case now(Response)
        case later(hurry: (@Sendable () -> Void)?)
        case inTurn(LongAnswer)
    }

    let kind: Kind
    /// Which of the service's `routes` the request was for, by index: what it is counted and logged under. Nil when it
    /// was for none of them. Has to be an index of theirs.
    public var route: Int?
    /// What the service adds to the request's line in the log, such as who asked; nil for nothing.
    public var logged: Logger.Metadata?
    /// Who was let in, by a number of the service's own; nil where nobody was asked who they are. Before an answer goes out
    /// that did not go out at once, and before each piece of a body, the service is asked about them again: see
    /// `Service.readmit`.
    public var admission: Int64?
    /// Whether no request behind it on its connection is begun before it is answered: what it has done elsewhere could
    /// come after what they do (RFC 9112 section 9.3.2).
    public var goesFirst = false

    /// The response is here.
    public static func now(_ response: Response) -> Answer { Answer(kind: .now(response)) }

    /// The reply handed to `respond` will be sent later.
    public static let later = Answer(kind: .later(hurry: nil))

    /// The same for one that waits for something which may take long to come about. `hurry` is called on the loop, at
    /// most once, as soon as the reply is wanted without further waiting: the peer has ended its side or is gone, or
    /// the server drains.
    public static func later(hurry: @escaping @Sendable () -> Void) -> Answer { Answer(kind: .later(hurry: hurry)) }
}
