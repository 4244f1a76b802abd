import Glibc

/// A reading of the monotonic clock, in nanoseconds.
struct MonotonicTime: Comparable {
    private var nanoseconds: Int64

    static let never = MonotonicTime(nanoseconds: .max)

    static func now() -> MonotonicTime {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    static func + (instant: MonotonicTime, nanoseconds: Int64) -> MonotonicTime {
        let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(nanoseconds)
        return overflow ? .never : MonotonicTime(nanoseconds: sum)
    }

    static func < (one: MonotonicTime, other: MonotonicTime) -> Bool {
        one.nanoseconds < other.nanoseconds
    }

    func nanoseconds(until later: MonotonicTime) -> Int64 {
        later.nanoseconds - nanoseconds
    }
}

extension Duration {
    /// Whole nanoseconds, or as many as fit. `Duration` itself counts in 128 bits, which is dear once a request.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : product.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue
    }
}
