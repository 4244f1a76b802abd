import ArgumentParser
import CaseAPI
import HTTPServer

/// How much of a request is taken, and how slowly.
struct RequestOptions: ParsableArguments {
    private static let limits = ParserLimits()
    private static let timeouts = ServerTimeouts()

    @Option(help: ArgumentHelp("Bytes of a request line (414).", valueName: "bytes"), form: .bytes(64...1 << 20))
    var requestLineLimit = limits.requestLine

    @Option(help: ArgumentHelp("Bytes of one header (431).", valueName: "bytes"), form: .bytes(64...1 << 20))
    var headerLimit = limits.headerLine

    @Option(
        help: ArgumentHelp("Bytes of all headers of a request (431).", valueName: "bytes"), form: .bytes(64...1 << 24))
    var headersLimit = limits.headers

    @Option(help: ArgumentHelp("Headers of a request (431).", valueName: "n"), form: .count(1...10_000))
    var headerCount = limits.headerFields

    @Option(help: ArgumentHelp("Bytes of a request's body (413).", valueName: "bytes"), form: .bytes(1024...1 << 30))
    var bodyLimit = limits.body

    @Option(
        help: ArgumentHelp("Bytes of the body of a POST to \(CaseService.bulkPath) (413).", valueName: "bytes"),
        form: .bytes(1024...1 << 30))
    var bulkBodyLimit = CaseService.defaultBulkBodyLimit

    @Option(
        help: ArgumentHelp("Bytes of the line before a chunk of a body, its extensions included.", valueName: "bytes"),
        form: .bytes(16...1 << 20))
    var chunkLineLimit = limits.chunkLine

    @Option(help: ArgumentHelp("How long a head may take to arrive (408).", valueName: "duration"), form: .span())
    var headerTimeout = Span(timeouts.header)

    @Option(
        help: ArgumentHelp("How long a body may take, before --body-rate adds to it (408).", valueName: "duration"),
        form: .span())
    var bodyTimeout = Span(timeouts.body.grace)

    @Option(
        help: ArgumentHelp(
            "The slowest a body may come: every so many bytes give it a second more.", valueName: "bytes/s"),
        form: .bytes(1...1 << 30))
    var bodyRate = timeouts.body.bytesPerSecond

    func apply(to configuration: inout ServerConfiguration) {
        configuration.limits.requestLine = requestLineLimit
        configuration.limits.headerLine = headerLimit
        configuration.limits.headers = headersLimit
        configuration.limits.headerFields = headerCount
        configuration.limits.body = bodyLimit
        configuration.limits.chunkLine = chunkLineLimit
        configuration.timeouts.header = headerTimeout.duration
        configuration.timeouts.body = Pace(grace: bodyTimeout.duration, bytesPerSecond: bodyRate)
    }
}
