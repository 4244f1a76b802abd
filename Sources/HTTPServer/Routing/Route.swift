public import HTTPTypes

/// One line of the map: method and pattern to an endpoint. A pattern is a path whose segments are literal or,
/// in braces, a parameter: `/v1/cases/{id}/log/{seq}`.
public struct Route<Endpoint: Sendable>: Sendable {
    /// The method, by its name.
    public let method: HTTPRequest.Method
    /// The path with its parameters in braces.
    public let pattern: String
    /// What the service does there.
    public let endpoint: Endpoint

    /// One line of the table.
    public init(_ method: HTTPRequest.Method, _ pattern: String, _ endpoint: Endpoint) {
        self.method = method
        self.pattern = pattern
        self.endpoint = endpoint
    }
}
