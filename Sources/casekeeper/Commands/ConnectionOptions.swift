import ArgumentParser
import HTTPServer

/// How many connections are held, what each may keep waiting, and for how long.
struct ConnectionOptions: ParsableArguments {
    private static let usual = ServerConfiguration(listen: ListenAddress(host: "127.0.0.1", port: 0))

    @Option(help: ArgumentHelp("Event loops an address. (default: one a core)", valueName: "n"), form: .count(1...1024))
    var loops: Int?

    @Option(help: ArgumentHelp("Connections open at once, an address.", valueName: "n"), form: .count(1...1_000_000))
    var connections = usual.connections

    @Option(
        help: ArgumentHelp(
            "Connections open at once from one peer. (default: 1024, and no such bound for this machine)",
            valueName: "n"), form: .count(1...1_000_000))
    var connectionsPerPeer: Int?

    @Option(
        help: ArgumentHelp("Connections the system holds ready before they are accepted.", valueName: "n"),
        form: .count(1...65_535))
    var backlog = Int(usual.backlog)

    @Option(
        help: ArgumentHelp("Requests of one connection that may wait for their answers.", valueName: "n"),
        form: .count(1...10_000))
    var pipelinedRequests = usual.pipelinedRequests

    @Option(
        help: ArgumentHelp(
            "Bytes of answers that one peer may leave waiting before no more of its requests are taken.",
            valueName: "bytes"), form: .bytes(1024...1 << 30))
    var unsentLimit = usual.unsentBytes

    @Option(
        help: ArgumentHelp(
            "Bytes that clients may make the service hold, all of them together; past it what is long waits, then gets 503.",
            valueName: "bytes"), form: .bytes(1 << 20...1 << 40))
    var memoryLimit = MemoryAccount.usualLimit

    @Option(help: ArgumentHelp("How long a request may wait for memory (503).", valueName: "duration"), form: .span())
    var memoryTimeout = Span(usual.timeouts.memory)

    @Option(help: ArgumentHelp("How long a connection may be idle.", valueName: "duration"), form: .span())
    var idleTimeout = Span(usual.timeouts.idle)

    @Option(
        help: ArgumentHelp(
            "How long a peer may take its answers, before --write-rate adds to it.", valueName: "duration"),
        form: .span())
    var writeTimeout = Span(usual.timeouts.write.grace)

    @Option(
        help: ArgumentHelp(
            "The slowest a peer may take its answers: every so many bytes give it a second more.",
            valueName: "bytes/s"), form: .bytes(1...1 << 30))
    var writeRate = usual.timeouts.write.bytesPerSecond

    @Option(
        help: ArgumentHelp("How long a peer may go on sending after the last answer to it.", valueName: "duration"),
        form: .span())
    var lingerTimeout = Span(usual.timeouts.linger)

    @Option(
        help: ArgumentHelp("How long a shutdown waits for requests in flight.", valueName: "duration"), form: .span())
    var drainTimeout = Span(usual.timeouts.drain)

    /// What the servers at so many addresses may hold together.
    func memory(addresses: Int) -> MemoryAccount {
        MemoryAccount(limit: memoryLimit, connections: connections * addresses)
    }

    /// - Parameter memory: the account that the server shares with those at other addresses.
    func apply(to configuration: inout ServerConfiguration, memory: MemoryAccount) {
        configuration.memory = memory
        if let loops { configuration.loops = loops }
        configuration.connections = connections
        configuration.connectionsPerPeer = connectionsPerPeer
        configuration.backlog = Int32(backlog)
        configuration.pipelinedRequests = pipelinedRequests
        configuration.unsentBytes = unsentLimit
        configuration.timeouts.idle = idleTimeout.duration
        configuration.timeouts.write = Pace(grace: writeTimeout.duration, bytesPerSecond: writeRate)
        configuration.timeouts.memory = memoryTimeout.duration
        configuration.timeouts.linger = lingerTimeout.duration
        configuration.timeouts.drain = drainTimeout.duration
    }
}
