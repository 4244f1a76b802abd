public import HTTPTypes

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
