import ArgumentParser
import Complaints
import HTTPServer

/// The bounds of the server. What is not given keeps the server's own default.
struct ServerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Event loops an address. (default: one a core)", valueName: "n"))
    var loops: Int?

    @Option(help: ArgumentHelp("Connections open at once. (default: 16384)", valueName: "n"))
    var connections: Int?

    @Option(
        help: ArgumentHelp("Connections open at once from one other machine. (default: 1024)", valueName: "n"))
    var connectionsPerPeer: Int?

    @Option(help: ArgumentHelp("Bytes of a request's body. (default: 1048576)", valueName: "n"))
    var bodyLimit: Int?

    @Option(help: ArgumentHelp("How long a head may take to arrive. (default: PT10S)", valueName: "PT10S"))
    var headerTimeout: String?

    @Option(help: ArgumentHelp("How long a connection may be idle. (default: PT1M)", valueName: "PT1M"))
    var idleTimeout: String?

    @Option(
        help: ArgumentHelp("How long a shutdown waits for requests in flight. (default: PT25S)", valueName: "PT25S"))
    var drainTimeout: String?

    func validate() throws {
        let counts = [
            ("loops", loops, 1...1024), ("connections", connections, 1...1_000_000),
            ("connections-per-peer", connectionsPerPeer, 1...1_000_000), ("body-limit", bodyLimit, 1024...1 << 30),
        ]
        for case (let name, let count?, let range) in counts where !range.contains(count) {
            throw ValidationError("--\(name) must be from \(range.lowerBound) to \(range.upperBound).")
        }
        _ = try timeouts()
    }

    /// The server's configuration at an address.
    func configuration(listen: ListenAddress) throws -> ServerConfiguration {
        var configuration = ServerConfiguration(listen: listen)
        if let loops { configuration.loops = loops }
        if let connections { configuration.connections = connections }
        if let connectionsPerPeer { configuration.connectionsPerPeer = connectionsPerPeer }
        if let bodyLimit { configuration.limits.body = bodyLimit }
        configuration.timeouts = try timeouts()
        return configuration
    }

    private func timeouts() throws -> ServerTimeouts {
        var timeouts = ServerTimeouts()
        if let span = try Self.span("header-timeout", headerTimeout) { timeouts.header = span }
        if let span = try Self.span("idle-timeout", idleTimeout) { timeouts.idle = span }
        if let span = try Self.span("drain-timeout", drainTimeout) { timeouts.drain = span }
        return timeouts
    }

    private static func span(_ name: String, _ text: String?) throws -> Duration? {
        guard let text else { return nil }
        guard let span = try? ElapsedTime(iso8601: text), span > .zero, span <= .days(1) else {
            throw ValidationError("--\(name) takes an ISO 8601 duration of up to a day, such as PT30S.")
        }
        return .milliseconds(span.milliseconds)
    }
}
