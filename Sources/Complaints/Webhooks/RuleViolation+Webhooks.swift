extension RuleViolation {
    /// That what waits for its turn is not sent while its webhook is off.
    package static func webhookOff(_ id: Int64, delivery: Int64) -> RuleViolation {
        RuleViolation(
            .webhookOff,
            "Webhook \(id) is off, and delivery \(delivery) waits for its turn until it is on: PATCH /v1/webhooks/\(id) with "
                + "{\"active\": true}.")
    }
}
