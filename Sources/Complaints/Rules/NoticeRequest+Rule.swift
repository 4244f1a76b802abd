extension NoticeRequest {
    /// The notice, dated now unless it says otherwise; of a promise that was made at `earliest`.
    func notice(at now: Instant, notBefore earliest: Instant = .earliest) -> CustomerNotice {
        CustomerNotice(channel: channel, outcome: outcome, at: at?.instant(at: now, notBefore: earliest) ?? now)
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
