import Complaints
import Testing

@Suite("Small values")
struct ValueTests {
    @Test("the words are those of the contract")
    func words() {
        #expect(
            PromiseState.words == "open, overdue, kept, kept_late, renegotiated, withdrawn, broken, transferred, void")
        #expect(
            PromiseKind.words == "acknowledge, update, callback, answer, remedy, decision, check_in, follow_up, other")
        #expect(CaseStatus.words == "open, resolved, closed")
        #expect(Channel.words == "phone, email, chat, web, social, letter, in_person, other")
        #expect(Severity.words == "low, normal, high, critical")
        #expect(Mood.words == "calm, upset, angry, abusive")
        #expect(Promiser.words == "desk, customer")
        #expect(Promisee.words == "customer, us")
        #expect(ContactOutcome.words == "reached, sent, message_left, attempted")
        #expect(Release.Cause.words == "unreachable, impossible, duplicate")
        #expect(Role.words == "reader, agent, manager, admin")
        #expect(
            PromiseGrouping.words
                == "owner, team, kind, category, channel, severity, outcome, made_by, day, week, month")
        #expect(
            RuleViolation.Code.words
                == "timeline_required, promise_settled, promise_broken, promise_not_broken, promises_unsettled, "
                + "case_not_open, case_not_resolved, duplicate_external_id, option_not_offered, not_the_owner, "
                + "already_accepted, concession_pending, concession_decided, dispute_decided, not_a_duplicate, "
                + "customer_erased, too_many_links, no_regime, stage_passed, merged, admin_token_required, "
                + "duplicate_owner, regime_shipped, webhook_off"
        )
        #expect(ThreatKind.words == "legal, publicity, chargeback, safety, other")
        #expect(CaseOutcome.words == "upheld, partly_upheld, not_upheld, withdrawn, out_of_scope")
        #expect(ReferralDecision.words == "upheld, partly_upheld, not_upheld, settled, withdrawn, out_of_scope")
        #expect(ThreatVerdict.words == "credible, unfounded, unknown")
        #expect(Relationship.words == "keep, end")
        #expect(DigestSection.words == "overdue, due_today, due_this_week, waiting_for_acceptance")
        #expect(MoodTrend.words == "rising, steady, falling")
        let written: [String] = LogKind.written.map(\.rawValue)
        #expect(
            written.joined(separator: ", ")
                == "statement, question, fact, acknowledgement, support, apology, restatement, option, agreement, "
                + "threat, threat_assessment, concession, concession_decision, dispute, dispute_decision, referral, "
                + "referral_decision, forwarded, mood, supervisor_joined, cool_off, customer_notified, debrief, lesson, thanks, refusal, note"
        )
    }

    @Test("each role may do all that the ones before it may")
    func roles() {
        #expect(Role.allCases.sorted() == [.reader, .agent, .manager, .admin])
    }

    @Test("an estimate's ends are of one form and in order")
    func estimates() {
        let day = Estimate.Bound.after(.days(1))
        let week = Estimate.Bound.after(.days(7))
        #expect(Estimate(from: day, to: week).isOrdered)
        #expect(Estimate(from: day, to: day).isOrdered)
        #expect(!Estimate(from: week, to: day).isOrdered)
        #expect(Estimate(from: .at(Desk.inTime), to: .at(Desk.due)).isOrdered)
        #expect(!Estimate(from: .at(Desk.due), to: .at(Desk.inTime)).isOrdered)
        #expect(!Estimate(from: .at(Desk.due), to: week).isOrdered)
    }

    @Test(
        "the end of an estimate is written and read in either form",
        arguments: [("P7D", Estimate.Bound.after(.days(7))), ("2026-03-02T11:00:00Z", .at(Desk.due))])
    func bounds(_ text: String, _ bound: Estimate.Bound) {
        #expect(Estimate.Bound(text) == bound)
        #expect(bound.text == text)
        #expect(Estimate.Bound("soon") == nil)
    }
}
