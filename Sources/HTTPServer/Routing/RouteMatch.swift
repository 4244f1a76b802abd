public import HTTPTypes

/// What the table says of a method and a path.
public enum RouteMatch<Endpoint: Sendable>: Sendable {
    /// `pattern` names the path's pattern: it is the index of the first route that has it. `parameters` are the
    /// percent-decoded values of the pattern's braces, in order.
    case found(Route<Endpoint>, pattern: Int, parameters: [Substring])
    case notFound
    /// The path is known, the method is not. `allow` is what 405's or OPTIONS' `Allow` lists, sorted, HEAD
    /// wherever GET, and OPTIONS. `pattern` is nil for CONNECT and TRACE, which nothing has, of what is not there.
    case methodNotAllowed(pattern: Int?, allow: [HTTPRequest.Method])
    /// `pattern` is nil for `OPTIONS *`.
    case options(pattern: Int?, allow: [HTTPRequest.Method])

    /// The path's pattern, where it has one.
    public var pattern: Int? {
        switch self {
        case .found(_, let pattern, _): pattern
        case .methodNotAllowed(let pattern, _), .options(let pattern, _): pattern
        case .notFound: nil
        }
    }
}
