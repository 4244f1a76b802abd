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
            delivery.status = .failed
            return (delivery, isGone ? .gone : nil)
        }
        delivery.nextAt = now + RetrySchedule.pause(after: delivery.tries, chance: chance, wish: attempt.retryAfter)
        if isGone { return (delivery, .gone) }
        return (delivery, now - first >= RetrySchedule.end ? .failing : nil)
    }

    /// The delivery as somebody wants it sent once more: what has its turn still to come is tried at once, and what is done
    /// goes out once, beside the order.
    public func redelivered(at now: Instant) -> Delivery {
        var delivery = self
        delivery.nextAt = now
        guard status != .pending else { return delivery }
        delivery.status = .pending
        delivery.isOnce = true
        delivery.deliveredAt = nil
        return delivery
    }
}
