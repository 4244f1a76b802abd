public import Complaints

/// What clients may do beyond their roles: how often they may come, whom the service believes about who they are,
/// whether they must say which state they have seen, and how far their clocks may be ahead.
public struct AccessRules: Sendable {
    /// For the requests of each token; nil for no limit.
    public var tokenLimit: RateLimit?
    /// For the requests of each peer: an address of IPv4, the first 64 bits of one of IPv6, a user at a
    /// Unix socket; nil for no limit.
    public var peerLimit: RateLimit?
    /// For the requests of each peer that come without a valid token, where one is needed; nil for no limit.
    public var failureLimit: RateLimit?
    /// Whose X-Forwarded-For says who the peer is. Of anybody else's it is not looked at.
    public var trustedProxies: [AddressRange] = []
    /// Whether that of whoever comes by a Unix socket is, too.
    public var trustsUnixPeers = false
    /// Whether a change of something that exists is taken with If-Match only (428).
    public var requiresIfMatch = false
    /// How far after the stamp an instant may lie that a client says has passed; it then counts as the stamp.
    public var clockTolerance = PastInstant.usualTolerance
    /// Nanoseconds of a clock that never goes back; tests set their own.
    public var monotonicClock: @Sendable () -> Int64 = MonotonicClock.now

    /// Everybody may, as often as they like.
    public init() {}
}
