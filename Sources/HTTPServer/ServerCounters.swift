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
    /// Requests and connections that the server itself refused, by the refusal's code.
    public var refused: [String: Int] = [:]

    /// No work yet.
    public init() {}
}
