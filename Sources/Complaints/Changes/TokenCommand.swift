/// A change that is asked for of a token on record, as a value.
public enum TokenCommand: Sendable {
    /// Revokes it: whoever comes with it is not let in from the next request on.
    case revoke(token: Int64, Incoming<Void>)

    /// Which token it is about.
    public var tokenID: Int64 {
        switch self {
        case .revoke(let id, _): id
        }
    }
}
