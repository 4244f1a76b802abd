/// A time during which a desk is open, from an instant to another.
package struct OpenSpan: Sendable, Hashable {
    /// The local date that it opens on, in days since 1970; it may close on the next.
    package let day: Int
    /// Its first instant.
    package var opens: Instant
    /// The first instant after it; later than `opens`.
    package let closes: Instant

    /// How long it is.
    package var length: ElapsedTime { closes - opens }
}
