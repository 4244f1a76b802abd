extension Delivery {
    /// The delivery after an attempt that ended at `now`, and why its webhook is to be turned off, if so.
    ///
    /// - Parameter chance: from 0 up to 1, by chance.
    public func tried(
        _ attempt: DeliveryAttempt, at now: Instant, chance: Double
    ) -> (delivery: Delivery, off: WebhookOffReason?) {
        var delivery = self
        delivery.attempts += 1
        delivery.tries += 1
        let first = firstTriedAt ?? attempt.at
        delivery.firstTriedAt = first
        if attempt.isTaken {
            delivery.status = .delivered
            delivery.deliveredAt = now
            return (delivery, nil)
        }
        let isGone = if case .answered(410, _, _) = attempt.outcome { true } else { false }
        if isOnce {
            // What its receiver had taken before it has still.
            delivery.status = deliveredAt == nil ? .failed : .delivered
            return (delivery, isGone ? .gone : nil)
        }
        delivery.nextAt = now + RetrySchedule.pause(after: delivery.tries, chance: chance, wish: attempt.retryAfter)
        if isGone { return (delivery, .gone) }
        return (delivery, now - first >= RetrySchedule.end ? .failing : nil)
    }

    /// The delivery as somebody wants it sent once more: what has its turn still to come is tried at once, and what is done
    /// goes out once, beside the order, be its webhook on or off.
    ///
    /// - Throws: that what has its turn still to come waits until its webhook is on.
    public func redelivered(of webhook: Webhook, at now: Instant) throws(Refusal) -> Delivery {
        var delivery = self
        delivery.nextAt = now
        guard status == .pending else {
            delivery.status = .pending
            delivery.isOnce = true
            return delivery
        }
        guard isOnce || webhook.fields.active else { throw .rule(.webhookOff(webhook.id, delivery: id)) }
        return delivery
    }
}
