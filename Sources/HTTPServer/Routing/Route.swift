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
