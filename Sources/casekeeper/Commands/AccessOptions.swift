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
            "Requests of one peer, an IPv4 address, an IPv6 /64 or a user at a Unix socket; 0 for any number (429).",
            valueName: "rate"),
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
            "Whose X-Forwarded-For is believed: an address or a range, or unix: for whoever may connect to a Unix socket; more "
                + "than once, or separated by commas.",
            valueName: "address[/bits]|unix:"), form: .proxies)
    var trustedProxy: [[TrustedProxy]] = []

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
        rules.trustedProxies = trustedProxy.joined().compactMap(\.range)
        rules.trustsUnixPeers = trustedProxy.joined().contains(.unix)
        rules.requiresIfMatch = requireIfMatch
        rules.clockTolerance = clockTolerance.elapsedTime
        return rules
    }

    private static func limit(_ rate: RateOption, burst: Int?) -> RateLimit? {
        rate.requests == 0
            ? nil : RateLimit(rate.requests, perSeconds: rate.seconds, burst: burst ?? rate.requests)
    }
}

/// A proxy that is believed.
enum TrustedProxy: Hashable {
    case range(AddressRange)
    /// Whoever may connect to a Unix socket.
    case unix

    /// Nil for what is neither.
    init?(_ text: some StringProtocol) {
        if text == "unix:" {
            self = .unix
        } else if let range = AddressRange(text) {
            self = .range(range)
        } else {
            return nil
        }
    }

    var range: AddressRange? {
        guard case .range(let range) = self else { return nil }
        return range
    }
}

extension OptionForm where Value == [TrustedProxy] {
    /// Some, separated by commas.
    fileprivate static var proxies: OptionForm {
        OptionForm(
            "an IP address, a range whose other bits are 0 or unix:, or some, separated by commas",
            example: "10.0.0.0/8"
        ) { text in
            let proxies = text.split(separator: ",").map { TrustedProxy($0.trimmingPrefix { $0 == " " }) }
            return proxies.isEmpty || proxies.contains(nil) ? nil : proxies.compactMap(\.self)
        }
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
