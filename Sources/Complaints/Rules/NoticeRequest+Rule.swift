extension NoticeRequest {
    /// The notice, dated now unless it says otherwise.
    func notice(at now: Instant) -> CustomerNotice {
        CustomerNotice(channel: channel, outcome: outcome, at: at ?? now)
    }

    /// Nobody can have been told in the future.
    func issues(at now: Instant, path: FieldPath) -> [FieldIssue] {
        guard let at, at > now else { return [] }
        return [FieldIssue(path / "at", .inTheFuture, "must not lie after now, \(now.rfc3339).")]
    }
}

extension CustomerNotice {
    /// That the customer knows, if the notice says so.
    func told(recordedAt: Instant) -> Promise.Told? {
        outcome.informs ? Promise.Told(at: at, recordedAt: recordedAt) : nil
    }
}
