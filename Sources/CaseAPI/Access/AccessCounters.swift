import Synchronization

/// Counts whom the gate did not let in, and who came too often.
final class AccessCounters: Sendable {
    private struct Counts {
        var failures: [String: Int] = [:]
        var limited: [String: Int] = [:]
    }

    // Both are rare beside requests that are answered.
    private let counts = Mutex(Counts())

    func count(_ attempt: FailedAttempt) {
        counts.withLock { $0.failures[attempt.reason, default: 0] += 1 }
    }

    func count(_ limit: LimitKind) {
        counts.withLock { $0.limited[limit.rawValue, default: 0] += 1 }
    }

    /// All of them since the start, the ones that never happened too: Prometheus sees a rate from the first on.
    func write(_ text: inout MetricsText) {
        let counts = counts.withLock(\.self)
        text.metric(
            "casekeeper_failed_attempts_total", .counter,
            "Requests that came without a valid token where one is needed."
        ) { samples in
            for reason in FailedAttempt.reasons { samples.sample(["reason": reason], counts.failures[reason] ?? 0) }
        }
        text.metric(
            "casekeeper_rate_limited_total", .counter, "Requests answered with 429, by the limit they ran into."
        ) { samples in
            for limit in LimitKind.allCases {
                samples.sample(["limit": limit.rawValue], counts.limited[limit.rawValue] ?? 0)
            }
        }
    }
}
