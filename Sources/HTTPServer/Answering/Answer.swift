/// What a service says to a request.
public enum Answer: Sendable {
    case now(Response)
    /// The reply handed to `respond` will be sent later.
    case later
}
