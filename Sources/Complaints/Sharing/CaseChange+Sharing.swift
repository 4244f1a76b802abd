extension CaseChange {
    /// Makes a further link to the customer's page of the case (T21), be the case open or not: a customer may see how it ended,
    /// too. Links that were made before stay good, as the customer may have kept any of them.
    public mutating func share(_ incoming: Incoming<ShareRequest>, at now: Instant) throws(Refusal) {
        let request = try incoming.checked([])
        guard entries.goodShares(at: now) < Limits.shares else {
            throw .rule(
                .tooManyLinks,
                "\(Limits.shares) links to case \(record.id) are good: take them back with DELETE, or wait until one has ended.",
                caseID: record.id)
        }
        log.append(.caseShared(until: now + (request.life ?? Limits.usualShareLife), at: now))
    }

    /// Takes back every link to the customer's page that is good; where there is none, nothing changes.
    public mutating func unshare(_ incoming: Incoming<String?>, at now: Instant) throws(Refusal) {
        let reason = try incoming.checked([])
        takeBackShares(because: reason, at: now)
    }

    /// Who has a link is who the case was thought to be of: it does not go with the case to somebody else.
    mutating func takeBackShares(because reason: String? = nil, at now: Instant) {
        guard entries.goodShares(at: now) > 0 else { return }
        log.append(.caseUnshared(because: reason, at: now))
    }
}

extension LogDraft {
    /// That a link to the customer's page was made; of its secret nothing is said.
    package static func caseShared(until end: Instant, at now: Instant) -> LogDraft {
        LogDraft(.caseShared, at: now, facts: [Fact("expires_at", .instant(end))])
    }

    /// That no link that was made before leads anywhere any more.
    static func caseUnshared(because reason: String?, at now: Instant) -> LogDraft {
        LogDraft(.caseUnshared, at: now, texts: reason.map { [Fact("reason", .text($0))] } ?? [])
    }
}
