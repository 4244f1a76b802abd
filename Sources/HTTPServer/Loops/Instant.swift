import Glibc

/// A reading of the monotonic clock, in nanoseconds.
struct Instant: Comparable {
    private var nanoseconds: Int64

    static let never = Instant(nanoseconds: .max)

    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    static func + (instant: Instant, duration: Duration) -> Instant {
        let (seconds, attoseconds) = duration.components
        let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(
            seconds.multipliedReportingOverflow(by: 1_000_000_000).partialValue &+ attoseconds / 1_000_000_000)
        return overflow ? .never : Instant(nanoseconds: sum)
    }

    static func < (one: Instant, other: Instant) -> Bool {
        one.nanoseconds < other.nanoseconds
    }

    func microseconds(since earlier: Instant) -> Int64 {
        (nanoseconds - earlier.nanoseconds) / 1000
    }
}
