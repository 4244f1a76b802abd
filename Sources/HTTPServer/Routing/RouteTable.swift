public import HTTPTypes

/// The map of a service: its routes, in the order they were given, and the search among them.
public struct RouteTable<Endpoint: Sendable>: Sendable {
    /// In the order they were given.
    public let routes: [Route<Endpoint>]
    private let root: RouteNode

    /// - Precondition: every pattern starts with `/`, has no empty segment (except `/` itself) and closes its
    ///   braces, and no two routes have the same method and the same shape.
    public init(_ routes: [Route<Endpoint>]) {
        self.routes = routes
        var builder = RouteNode()
        for (index, route) in routes.enumerated() {
            builder.insert(RoutePattern(route.pattern).segments[...], method: route.method, route: index)
        }
        root = builder
    }

    /// Finds the route for a method and a path that is still percent-encoded. HEAD finds GET's route where it has
    /// none of its own. A literal segment wins over a parameter. A parameter whose value is empty, is not UTF-8 or
    /// hides a `/` or a NUL finds nothing.
    public func match(method: HTTPRequest.Method, path: String) -> RouteMatch<Endpoint> {
        if path == "*", method == .options { return .options(pattern: nil, allow: root.everyMethod()) }
        var parameters: [Substring] = []
        guard let node = root.find(path, parameters: &parameters), let pattern = node.firstRoute else {
            // Nothing has these, wherever it is (RFC 9110 section 15.5.6).
            guard method != .connect, method != .trace else {
                return .methodNotAllowed(pattern: nil, allow: root.everyMethod())
            }
            return .notFound
        }
        if let index = node.route(for: method) {
            return .found(routes[index], pattern: pattern, parameters: parameters)
        }
        return method == .options
            ? .options(pattern: pattern, allow: node.allow) : .methodNotAllowed(pattern: pattern, allow: node.allow)
    }
}
