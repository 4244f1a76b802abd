/// What a server has done since it started. A snapshot; the numbers need not be of one instant.
public struct ServerCounters: Sendable, Hashable {
    /// Connections accepted.
    public var accepted = 0
    /// Connections open now.
    public var connections = 0
    /// Requests handed to the service.
    public var requests = 0
    /// From all peers.
    public var bytesReceived = 0
    /// To all peers.
    public var bytesSent = 0
    /// What its clients make it hold now, by the account of its configuration, in bytes.
    public var memoryHeld = 0
    /// Requests and connections that the server itself refused, by the refusal's code.
    public var refused: [String: Int] = [:]
    /// Requests answered: one a route of the service, in its order, and at the end what was for none of them.
    public private(set) var routes: [RouteCounters]

    /// No work yet.
    /// - Parameter routes: how many the service has.
    public init(routes: Int) {
        self.routes = Array(repeating: RouteCounters(), count: routes + 1)
    }

    /// - Precondition: both are of one service.
    mutating func add(routes others: [RouteCounters]) {
        precondition(others.count == routes.count, "Counters of different services can't be added.")
        for index in routes.indices { routes[index] += others[index] }
    }

    /// Adds what another server of the same service has counted.
    public static func += (total: inout ServerCounters, other: ServerCounters) {
        total.accepted += other.accepted
        total.connections += other.connections
        total.requests += other.requests
        total.bytesReceived += other.bytesReceived
        total.bytesSent += other.bytesSent
        // The servers of a process share an account.
        total.memoryHeld = max(total.memoryHeld, other.memoryHeld)
        total.refused.merge(other.refused, uniquingKeysWith: +)
        total.add(routes: other.routes)
    }
}
