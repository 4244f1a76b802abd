import ArgumentParser
import CaseAPI
import Complaints

/// How often clients may come, who is believed about who they are, and what they must say with a change.
struct AccessOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Requests of one token, as 50/s or 50, 600/m or 1000/h; 0 for any number (429).", valueName: "rate"),
        form: .rate)
    var rateLimitToken = RateOption.none

    @Option(
        help: ArgumentHelp("Requests of one token at once. (default: the number of its rate)", valueName: "n"),
        form: .count(1...1_000_000))
    var rateLimitTokenBurst: Int?

    @Option(
        help: ArgumentHelp(
            "Requests of one peer, an IPv4 address or an IPv6 /64; 0 for any number (429).", valueName: "rate"),
        form: .rate)
    var rateLimitPeer = RateOption.none

    @Option(
        help: ArgumentHelp("Requests of one peer at once. (default: the number of its rate)", valueName: "n"),
        form: .count(1...1_000_000))
    var rateLimitPeerBurst: Int?

    @Option(
        help: ArgumentHelp(
            "Requests of one peer without a valid token; 0 for any number (429).",
            valueName: "rate"), form: .rate)
    var rateLimitFailures = RateOption.perMinute(20)

    @Option(
        help: ArgumentHelp("Of these at once. (default: the number of their rate)", valueName: "n"),
        form: .count(1...1_000_000))
    var rateLimitFailuresBurst: Int?

    @Option(
        help: ArgumentHelp(
            "Whose X-Forwarded-For is believed: an address or a range; more than once, or separated by commas.",
            valueName: "address[/bits]"), form: .ranges)
    var trustedProxy: [[AddressRange]] = []

    @Flag(help: "Takes changes of what exists with If-Match only (428).")
    var requireIfMatch = false

    @Option(
        help: ArgumentHelp(
            "How far after now an instant may lie that a client says has passed, such as kept_at; it then counts as now.",
            valueName: "duration"), form: .span(from: .zero))
    var clockTolerance = Span(PastInstant.usualTolerance)

    func rules() -> AccessRules {
        var rules = AccessRules()
        rules.tokenLimit = Self.limit(rateLimitToken, burst: rateLimitTokenBurst)
        rules.peerLimit = Self.limit(rateLimitPeer, burst: rateLimitPeerBurst)
        rules.failureLimit = Self.limit(rateLimitFailures, burst: rateLimitFailuresBurst)
        rules.trustedProxies = trustedProxy.flatMap(\.self)
        rules.requiresIfMatch = requireIfMatch
        rules.clockTolerance = clockTolerance.elapsedTime
        return rules
    }

    private static func limit(_ rate: RateOption, burst: Int?) -> RateLimit? {
        rate.requests == 0
            ? nil : RateLimit(rate.requests, perSeconds: rate.seconds, burst: burst ?? rate.requests)
    }
}

extension OptionForm where Value == [AddressRange] {
    /// Some, separated by commas.
    static var ranges: OptionForm {
        OptionForm(
            "an IP address or a range whose other bits are 0, or some, separated by commas", example: "10.0.0.0/8",
            text: { $0.map { "\($0)" }.joined(separator: ",") }
        ) { text in
            let ranges = text.split(separator: ",").map { AddressRange($0.trimmingPrefix { $0 == " " }) }
            return ranges.isEmpty || ranges.contains(nil) ? nil : ranges.compactMap(\.self)
        }
    }
}
