/// How an entry of a case's log says that the customer heard something from the desk, and when (T1, T3).
///
/// What they know of is never taken back (`promise_is_told_once`): what turns out not to be so they hear of by another entry.
public enum Hearing: Sendable, CaseIterable {
    /// What somebody said to them: at the entry's own instant.
    case talk
    /// A contact, then too, unless nobody got through.
    case contact
    /// What was promised to them: as they were told of it; without a word on that, as whoever acts promised it. What a policy or a
    /// clock promises by itself they have not heard, nor that something goes on in another case.
    case promise
    /// A promise to them that was kept: when it was.
    case keep
    /// That a promise was given up, where they were told: then.
    case notice
    /// How the case ended, where they said whether they are content with it: then.
    case resolution
}

extension LogKind {
    /// How an entry of the kind says that the customer heard something; nil where it never does.
    public var hearing: Hearing? { Self.hearings[self] }

    private static let hearings: [LogKind: Hearing] = [
        .acknowledgement: .talk, .support: .talk, .apology: .talk, .restatement: .talk, .option: .talk,
        .agreement: .talk, .customerNotified: .contact, .promiseMade: .promise, .promiseKept: .keep,
        .promiseWithdrawn: .notice, .promiseVoided: .notice, .caseResolved: .resolution,
    ]

    /// By which a customer may hear something, in the order of all.
    package static let heard = allCases.filter { $0.hearing != nil }
}

extension LogDraft {
    /// When the customer heard what the entry tells of; nil where they heard nothing by it.
    ///
    /// - Parameter promise: the one that it is about, as the change leaves it.
    func heardAt(_ promise: Promise?) -> Instant? {
        switch kind.hearing {
        case nil: nil
        case .talk: at
        case .contact: word("outcome", as: ContactOutcome.self)?.informs == true ? at : nil
        case .promise:
            if let promise, promise.isToCustomer, promise.origin == nil {
                if let notice = promise.customerNotified {
                    notice.outcome.informs ? notice.at : nil
                } else {
                    promise.madeBy.isExactly(Actor.policy.name) ? nil : at
                }
            } else {
                nil
            }
        case .keep: promise?.isToCustomer == true ? promise?.keptAt : nil
        case .notice:
            word("notified_outcome", as: ContactOutcome.self)?.informs == true ? instant("notified_at") : nil
        case .resolution: facts.contains { $0.name == "customer_accepted" } ? at : nil
        }
    }

    private func word<Word: Vocabulary>(_ name: String, as: Word.Type) -> Word? {
        guard case .text(let text)? = facts.first(where: { $0.name == name })?.value else { return nil }
        return Word(rawValue: text)
    }

    private func instant(_ name: String) -> Instant? {
        guard case .instant(let instant)? = facts.first(where: { $0.name == name })?.value else { return nil }
        return instant
    }
}

extension CaseChange {
    /// When the customer heard something by each entry of the change, by its place in `log`. What they heard before they complained
    /// was no word on that.
    private var heard: [(entry: Int, at: Instant)] {
        log.enumerated().compactMap { entry, draft in
            guard let at = draft.heardAt(draft.promiseID.flatMap(promise)), at >= record.receivedAt else { return nil }
            return (entry, at)
        }
    }

    /// When the customer last heard something, with what the change tells of; nil while they have heard nothing.
    var heardAt: Instant? { (heard.map(\.at) + [record.heardAt].compactMap(\.self)).max() }

    /// What the change settles of what waits for a word to the customer: they have heard something since, or the case is over.
    package var updatesSettled: [Settled] {
        let waiting = file.waiting(.update)
        guard !waiting.isEmpty, let since = before?.record.unheardSince else { return [] }
        let word = heard.first { $0.at > since }?.entry
        let end = log.firstIndex { $0.kind == .caseResolved }
        let settled: (entry: Int, outcome: Matter.Outcome)
        switch (word, end) {
        case (let word?, let end?): settled = word <= end ? (word, .heard) : (end, .lapsed)
        case (let word?, nil): settled = (word, .heard)
        case (nil, let end?): settled = (end, .lapsed)
        case (nil, nil): return []
        }
        return waiting.map {
            Settled(kind: .update, seq: $0.seq, entry: settled.entry, outcome: settled.outcome)
        }
    }
}
