public import Logging

/// What a service says to a request.
public struct Answer: Sendable {
    enum Kind: Sendable {
        case now(Response)
        case later
    }

    let kind: Kind
    /// Which of the service's `routes` the request was for, by index: what it is counted and logged under. Nil when it
    /// was for none of them. Has to be an index of theirs.
    public var route: Int?
    /// What the service adds to the request's line in the log, such as who asked; nil for nothing.
    public var logged: Logger.Metadata?

    /// The response is here.
    public static func now(_ response: Response) -> Answer { Answer(kind: .now(response)) }

    /// The reply handed to `respond` will be sent later.
    public static let later = Answer(kind: .later)
}
