public import HTTPTypes

/// One line of the map: method and pattern to an endpoint. A pattern is a path whose segments are literal or,
/// in braces, a parameter: `/v1/cases/{id}/log/{seq}`.
public struct Route<Endpoint: Sendable>: Sendable {
    public let method: HTTPRequest.Method
    public let pattern: String
    public let endpoint: Endpoint

    public init(_ method: HTTPRequest.Method, _ pattern: String, _ endpoint: Endpoint) {
        self.method = method
        self.pattern = pattern
        self.endpoint = endpoint
    }
}

/// What the table says of a method and a path.
public enum RouteMatch<Endpoint: Sendable>: Sendable {
    /// `parameters` are the percent-decoded values of the pattern's braces, in order.
    case found(Route<Endpoint>, parameters: [Substring])
    case notFound
    /// The path is known, the method is not. `allow` is what 405's or OPTIONS' `Allow` lists, sorted, HEAD
    /// wherever GET, and OPTIONS.
    case methodNotAllowed(allow: [HTTPRequest.Method])
    case options(allow: [HTTPRequest.Method])
}
