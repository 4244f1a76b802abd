import CaseStore
import Complaints
import Synchronization

/// How often deliveries were tried since the start, by what came of it.
final class WebhookCounters: Sendable {
    private let taken = Atomic(0)
    private let refused = Atomic(0)
    private let unanswered = Atomic(0)

    func count(_ attempt: DeliveryAttempt) {
        switch attempt.outcome {
        case .answered where attempt.isTaken: taken.add(1, ordering: .relaxed)
        case .answered: refused.add(1, ordering: .relaxed)
        case .failed: unanswered.add(1, ordering: .relaxed)
        }
    }

    func write(_ text: inout MetricsText, _ state: WebhookState, at now: Instant) {
        text.metric(
            "casekeeper_webhooks", .gauge,
            "Webhooks that are on, that somebody turned off, and that the service did: their off_reason says why."
        ) {
            $0.sample(["state": "active"], state.active)
            $0.sample(["state": "off"], state.off)
            $0.sample(["state": "disabled"], state.disabled)
        }
        text.metric(
            "casekeeper_webhook_deliveries_waiting", .gauge,
            "Deliveries to webhooks that are on, which wait for their turn or to be tried again, by their ids."
        ) {
            for waiting in state.waiting { $0.sample(["webhook": "\(waiting.id)"], waiting.count) }
        }
        text.metric("casekeeper_webhook_lag_seconds", .gauge, "For how long the oldest of these has waited.") {
            for waiting in state.waiting {
                $0.sample(
                    ["webhook": "\(waiting.id)"], Int(max(0, waiting.since.map { (now - $0).wholeSeconds } ?? 0)))
            }
        }
        text.metric(
            "casekeeper_webhook_attempts_total", .counter,
            "Times that something was posted to a webhook: taken (2xx), refused by any other status, or unanswered."
        ) {
            $0.sample(["outcome": "taken"], taken.load(ordering: .relaxed))
            $0.sample(["outcome": "refused"], refused.load(ordering: .relaxed))
            $0.sample(["outcome": "unanswered"], unanswered.load(ordering: .relaxed))
        }
    }
}
