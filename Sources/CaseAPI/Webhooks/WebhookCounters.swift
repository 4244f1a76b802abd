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
        text.metric("casekeeper_webhooks", .gauge, "Webhooks, by whether they are on.") {
            $0.sample(["state": "active"], state.active)
            $0.sample(["state": "off"], state.off)
        }
        text.metric(
            "casekeeper_webhook_deliveries_waiting", .gauge,
            "Deliveries to webhooks that are on, which wait for their turn or to be tried again.", state.waiting)
        text.metric(
            "casekeeper_webhook_lag_seconds", .gauge, "For how long the oldest of these has waited.",
            Int(max(0, state.waitingSince.map { (now - $0).wholeSeconds } ?? 0)))
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
