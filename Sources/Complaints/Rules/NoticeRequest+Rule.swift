extension NoticeRequest {
    /// The notice, dated now unless it says otherwise.
    func notice(at now: Instant) -> CustomerNotice {
        CustomerNotice(channel: channel, outcome: outcome, at: at?.instant(at: now) ?? now)
    }

    /// Nobody can have been told in the future.
    func issues(at now: Instant, path: FieldPath) -> [FieldIssue] {
        at?.issues(at: now, path: path / "at") ?? []
    }
}

extension CustomerNotice {
    /// That the customer knows, if the notice says so.
    func told(recordedAt: Instant) -> Promise.Told? {
        outcome.informs ? Promise.Told(at: at, recordedAt: recordedAt) : nil
    }
}
