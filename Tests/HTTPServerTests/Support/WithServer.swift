import HTTPServer
import Logging

/// Runs a server on a port of the system's choice for the time of `body`.
func withServer(
    _ adjust: (inout ServerConfiguration) -> Void = { _ in },
    log: RequestLines? = nil,
    routes: [String] = [],
    admit: @escaping @Sendable (Request, Int?) -> Admission = { _, _ in .body() },
    readmit: @escaping @Sendable (Int64) -> Dismissal? = { _ in nil },
    answer: @escaping @Sendable (Request, Reply<TestService.LoopState>) -> Answer = { request, _ in
        .now(.text(request.path))
    },
    _ body: (Server<TestService>, BoundAddress) async throws -> Void
) async throws {
    var configuration = ServerConfiguration(listen: ListenAddress(host: "127.0.0.1", port: 0))
    configuration.loops = 2
    // Long enough that no test which is not about them meets them, however busy the machine is.
    configuration.timeouts.header = .seconds(120)
    configuration.timeouts.body.grace = .seconds(120)
    configuration.timeouts.write.grace = .seconds(120)
    configuration.timeouts.idle = .seconds(600)
    configuration.timeouts.drain = .seconds(120)
    configuration.timeouts.linger = .milliseconds(500)
    adjust(&configuration)
    let handler: any LogHandler = log ?? SwiftLogNoOpLogHandler()
    var logger = Logger(label: "test") { _ in handler }
    logger.logLevel = .info
    let service = TestService(routes: routes, admit: admit, readmit: readmit, answer: answer)
    let server = Server(service: service, configuration: configuration, logger: logger)
    let address = try server.start()
    do {
        try await body(server, address)
    } catch {
        await server.shutdown()
        throw error
    }
    await server.shutdown()
}

/// The same with a configuration that is as the tests have it.
func serving(
    _ answer: @escaping @Sendable (Request, Reply<TestService.LoopState>) -> Answer,
    _ body: (Server<TestService>, BoundAddress) async throws -> Void
) async throws {
    try await withServer({ _ in }, answer: answer, body)
}

/// Waits until something that happens elsewhere has happened; false when it has not for a minute.
func eventually(_ condition: () -> Bool) async throws -> Bool {
    for _ in 0..<12_000 {
        if condition() { return true }
        try await Task.sleep(for: .milliseconds(5))
    }
    return condition()
}
