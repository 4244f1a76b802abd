extension Webhook {
    /// The webhook with the edit made at `now`; nil when it changes nothing. One that is turned on is not off for any reason.
    ///
    /// - Throws: what is wrong with the edit.
    package func edited(_ incoming: Incoming<WebhookEdit>, at now: Instant) throws(Refusal) -> Webhook? {
        let edit = try incoming.taken()
        var webhook = self
        webhook.fields = edit.fields.applied(to: fields)
        if let url = edit.url { webhook.url = url }
        if edit.fields.active != nil { webhook.offReason = nil }
        guard
            !webhook.fields.isExactly(fields) || !webhook.url.text.isExactly(url.text)
                || webhook.offReason != offReason
        else { return nil }
        return webhook.changed(at: now)
    }

    /// The webhook as the service turns it off.
    package func turnedOff(_ reason: WebhookOffReason, at now: Instant) -> Webhook {
        var webhook = self
        webhook.fields.active = false
        webhook.offReason = reason
        return webhook.changed(at: now)
    }

    /// The webhook with another secret from `now` on.
    package func rotated(at now: Instant) -> Webhook {
        var webhook = self
        webhook.formerSecretUntil = now + Self.rotation
        return webhook.changed(at: now)
    }

    private func changed(at now: Instant) -> Webhook {
        var webhook = self
        webhook.version += 1
        webhook.updatedAt = now
        return webhook
    }
}
