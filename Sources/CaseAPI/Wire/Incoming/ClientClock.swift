import Complaints

/// How clients' clocks are taken: they differ from the one that gives the stamps.
struct ClientClock: Sendable {
    /// How far one may be ahead.
    var tolerance = PastInstant.usualTolerance
    /// Whether stamps lie ahead of the wall clock just now, as it was set back a little and they never go back.
    var isWallBehindStamps: @Sendable () -> Bool = { false }

    /// An instant that a client says has passed.
    func past(_ told: Instant) -> PastInstant {
        PastInstant(told, tolerance: tolerance, isWallBehindStamps: isWallBehindStamps())
    }
}
