import ArgumentParser
import CaseAPI
import Complaints

/// How often clients may come, who is believed about who they are, and what they must say with a change.
struct AccessOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Requests of one token, as 50/s, 600/m or 1000/h; 0 for any number (429).", valueName: "rate"))
    var rateLimitToken = RateOption.none

    @Option(
        help: ArgumentHelp("Requests of one token at once. (default: the number of its rate)", valueName: "n"))
    var rateLimitTokenBurst: Int?

    @Option(
        help: ArgumentHelp(
            "Requests of one peer, an IPv4 address or an IPv6 /64; 0 for any number (429).", valueName: "rate"))
    var rateLimitPeer = RateOption.none

    @Option(
        help: ArgumentHelp("Requests of one peer at once. (default: the number of its rate)", valueName: "n"))
    var rateLimitPeerBurst: Int?

    @Option(
        help: ArgumentHelp(
            "Requests of one peer without a valid token; 0 for any number (429).",
            valueName: "rate"))
    var rateLimitFailures = RateOption(argument: "20/m")!

    @Option(
        help: ArgumentHelp("Of these at once. (default: the number of their rate)", valueName: "n"))
    var rateLimitFailuresBurst: Int?

    @Option(
        help: ArgumentHelp(
            "Whose X-Forwarded-For is believed: an address or a range; more than once, or separated by commas.",
            valueName: "address[/bits]"))
    var trustedProxy: [String] = []

    @Flag(help: "Takes changes of what exists with If-Match only (428).")
    var requireIfMatch = false

    @Option(
        help: ArgumentHelp(
            "How far after now an instant may lie that a client says has passed, such as kept_at; it then counts as now.",
            valueName: "duration"))
    var clockTolerance = Span(.milliseconds(PastInstant.usualTolerance.milliseconds))

    func validate() throws {
        try CountRange.check([
            CountRange("rate-limit-token-burst", rateLimitTokenBurst, 1...1_000_000),
            CountRange("rate-limit-peer-burst", rateLimitPeerBurst, 1...1_000_000),
            CountRange("rate-limit-failures-burst", rateLimitFailuresBurst, 1...1_000_000),
        ])
        _ = try proxies()
    }

    func rules() throws -> AccessRules {
        var rules = AccessRules()
        rules.tokenLimit = Self.limit(rateLimitToken, burst: rateLimitTokenBurst)
        rules.peerLimit = Self.limit(rateLimitPeer, burst: rateLimitPeerBurst)
        rules.failureLimit = Self.limit(rateLimitFailures, burst: rateLimitFailuresBurst)
        rules.trustedProxies = try proxies()
        rules.requiresIfMatch = requireIfMatch
        rules.clockTolerance = clockTolerance.elapsedTime
        return rules
    }

    private static func limit(_ rate: RateOption, burst: Int?) -> RateLimit? {
        rate.requests == 0
            ? nil : RateLimit(rate.requests, perSeconds: rate.seconds, burst: burst ?? rate.requests)
    }

    private func proxies() throws -> [AddressRange] {
        try trustedProxy.flatMap { $0.split(separator: ",") }.map { text in
            let text = text.trimmingPrefix { $0 == " " }
            guard let range = AddressRange(text) else {
                throw ValidationError("--trusted-proxy: \(text) is no address, and no range such as 10.0.0.0/8.")
            }
            return range
        }
    }
}
