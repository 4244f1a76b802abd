import Complaints
import GRDB

/// The columns of a promise, and how a row of them becomes a `Promise`.
enum PromiseColumns {
    /// Of `promise p`.
    static let list = """
        p.id, p.case_id, p.kind, p.what, p.promised_by, p.promised_to, p.owner_id, p.made_by_id, p.maker_token_id,
        p.made_at, p.channel, p.due_at, p.original_due_at, p.due_explained, p.next_step, p.notified_channel,
        p.notified_outcome, p.notified_at, p.reason_made, p.slips, p.supersedes, p.imported, p.told_at,
        p.told_recorded_at, p.kept_at, p.superseded_at, p.withdrawn_at, p.voided_at, p.recorded_at, p.superseded_by,
        p.release, p.settled_by_id, p.reason_settled, p.evidence, p.version, p.asked_at, p.accepted_at, p.concession_seq,
        p.upheld_at, p.asked_by_id, p.explanation_made, p.explanation_settled, p.transferred_at, p.transferred_to,
        p.transferred_from, p.first_made_at, p.counted_from, p.concession_case_id, p.clock, p.stage, p.clock_from
        """
    static let count = 51

    /// Those whose words an erasure takes: what was written by hand.
    static let personal = [
        "what", "due_explained", "next_step", "reason_made", "reason_settled", "explanation_made",
        "explanation_settled", "evidence",
    ]

    static func promise(_ row: Columns, names: NameBook, _ db: Database) throws -> Promise {
        var notice: CustomerNotice?
        if let at = row.optionalInstant(17) {
            notice = CustomerNotice(channel: try row.word(15), outcome: try row.word(16), at: at)
        }
        var told: Promise.Told?
        if let at = row.optionalInstant(22) { told = Promise.Told(at: at, recordedAt: row.instant(23)) }
        let acceptance = try row.optionalInstant(35).map {
            Promise.Acceptance(
                askedAt: $0, askedBy: try names.spelling(row.optionalInteger(39), db),
                acceptedAt: row.optionalInstant(36))
        }
        let origin = row.optionalInteger(44).map {
            Promise.Origin(promise: $0, madeAt: row.instant(45), countedFrom: row.instant(46))
        }
        let clock = row.optionalText(48).map {
            Promise.StageClock(name: $0, stage: Int(row.integer(49)), from: row.instant(50))
        }
        return Promise(
            id: row.integer(0), caseID: row.integer(1), kind: try row.word(2), what: row.text(3), by: try row.word(4),
            to: try row.word(5), owner: try names.spelling(row.optionalInteger(6), db),
            madeBy: try names.spelling(row.integer(7), db), makerTokenID: row.optionalInteger(8),
            madeAt: row.instant(9),
            channel: try row.optionalWord(10), dueAt: row.instant(11), originalDueAt: row.instant(12),
            dueExplained: row.optionalText(13), nextStep: row.optionalText(14), customerNotified: notice,
            reasonMade: row.optionalText(18), explanationMade: row.optionalText(40),
            slips: Int(row.integer(19)), supersedes: row.optionalInteger(20), imported: row.flag(21),
            concession: row.optionalInteger(37), concessionCase: row.optionalInteger(47), origin: origin,
            clock: clock,
            acceptance: acceptance, told: told,
            settlement: try settlement(row, names: names, db),
            upheld: row.optionalInstant(38).map {
                Promise.Upheld(recordedAt: $0, successor: row.optionalInteger(29))
            },
            version: row.integer(34))
    }

    private static func settlement(_ row: Columns, names: NameBook, _ db: Database) throws -> Settlement? {
        guard let recordedAt = row.optionalInstant(28) else { return nil }
        let outcome: Settlement.Outcome
        // What takes the place of one that was kept does so by the decision of a dispute.
        var successor = row.optionalInteger(29)
        if let at = row.optionalInstant(24) {
            outcome = .kept(at: at)
            successor = nil
        } else if let at = row.optionalInstant(25) {
            outcome = .superseded(at: at, by: row.integer(29))
        } else if let at = row.optionalInstant(26) {
            outcome = .withdrawn(at: at, release: try release(row.text(30)))
        } else if let at = row.optionalInstant(42) {
            outcome = .transferred(at: at, to: row.integer(43))
        } else {
            outcome = .void(at: row.instant(27))
        }
        return Settlement(
            outcome: outcome, recordedAt: recordedAt, by: try names.spelling(row.integer(31), db),
            reason: row.optionalText(32), explanation: row.optionalText(41), evidence: row.optionalText(33),
            successor: successor)
    }

    /// How a release is written down.
    static func word(_ release: Release) -> String {
        switch release {
        case .customerAgreed: "customer_agreed"
        case .without(let cause): cause.rawValue
        case .ended: Release.endedCause
        }
    }

    static func release(_ word: String) throws -> Release {
        if word == "customer_agreed" { return .customerAgreed }
        if word == Release.endedCause { return .ended }
        guard let cause = Release.Cause(rawValue: word) else {
            throw StoreError.unreadable("\(word) is no release")
        }
        return .without(cause)
    }
}
