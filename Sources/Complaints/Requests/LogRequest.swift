/// An entry that a client writes to a case's log.
public enum LogRequest: Sendable, Hashable {
    /// Something the desk writes down for itself.
    case note(text: String)
    /// Words of the customer that follow the complaint (T5), a question, or a fact (T6), of whoever said them: without
    /// `saidBy` the customer, and for a question whoever writes it down.
    case said(LogKind, text: String, saidBy: String?)
    /// An acknowledgement or a word of support (T8), or an apology (T9). An acknowledgement may be that the complaint is
    /// written down (T5).
    case told(LogKind, text: String, writtenDown: Bool = false)
    /// The complaint as it was said back, and whether the customer agreed that it is right (T7).
    case restatement(text: String, confirmed: Bool)
    /// Ways out that were offered (T14).
    case option([String])
    /// What the customer said to one of them (T14).
    case agreement(AgreementRequest)
    /// What the customer threatens with (T16).
    case threat(ThreatKind, stake: Money?, text: String?)
    /// What came of looking into a threat (T16).
    case threatAssessment(AssessmentRequest)
    /// What the desk gives away (T15).
    case concession(what: String, Money)
    /// What a manager says to a concession that waits (T15).
    case concessionDecision(ConcessionDecisionRequest)
    /// That a promise was not kept, though somebody said so (T2).
    case dispute(DisputeRequest)
    /// What a manager says to a dispute (T2).
    case disputeDecision(DisputeDecisionRequest)
    /// That the complaint went to somebody outside of the desk who decides, such as an ombudsman (T21).
    case referral(ReferralRequest)
    /// What they decided (T21).
    case referralDecision(ReferralDecisionRequest)
    /// That it was passed on to whom it concerned (T21).
    case forwarded(to: String, text: String?)
    /// How the customer is (T10).
    case mood(Mood, why: String?)
    /// That a supervisor joined (T13); without a name, the one who was asked.
    case supervisorJoined(String?)
    /// That the talk is to go on later (T11).
    case coolOff(CoolOffRequest)
    /// That somebody will not go on now (T12).
    case refusal(RefusalRequest)
    /// That the customer was told; of that promise, or of all that they do not know of yet (T1).
    case customerNotified(NoticeRequest, promiseID: Int64?, text: String?)
    /// With whom it was talked over afterwards, and when; never what was said (T18).
    case debrief(with: String, at: PastInstant?)
    /// What could be done differently (T19).
    case lesson(LessonRequest)
    /// That the customer said thank you (T20): to whom, else to the case's owner, else to whoever writes it down.
    case thanks(text: String?, to: String?)
}

/// What the customer said to an option (T14).
public struct AgreementRequest: Sendable, Hashable {
    /// One that was offered in the case; compared without case and white space around it.
    public var option: String
    /// Whether they agreed to it.
    public var accepted: Bool
    /// What is promised with it: there when they agreed, and only then.
    public var remedy: PromiseRequest?

    /// An answer to an option.
    public init(option: String, accepted: Bool, remedy: PromiseRequest? = nil) {
        self.option = option
        self.accepted = accepted
        self.remedy = remedy
    }
}

/// What came of looking into a threat (T16).
public struct AssessmentRequest: Sendable, Hashable {
    /// The threat, by its entry's number in the log.
    public var of: Int64
    /// Whether there is something to it.
    public var verdict: ThreatVerdict
    /// Who looked into it; nil: whoever writes it down.
    public var by: String?
    /// What the verdict rests on.
    public var reason: String

    /// A verdict on a threat.
    public init(of threat: Int64, verdict: ThreatVerdict, by: String? = nil, reason: String) {
        of = threat
        self.verdict = verdict
        self.by = by
        self.reason = reason
    }
}

/// What a manager says to a concession (T15).
public struct ConcessionDecisionRequest: Sendable, Hashable {
    /// The concession, by its entry's number in the log.
    public var of: Int64
    /// Yes or no.
    public var approved: Bool
    /// Who decided; nil: whoever writes it down.
    public var by: String?
    /// Why.
    public var reason: String

    /// A decision about a concession.
    public init(of concession: Int64, approved: Bool, by: String? = nil, reason: String) {
        of = concession
        self.approved = approved
        self.by = by
        self.reason = reason
    }
}

/// That a promise was not kept, though somebody said so (T2).
public struct DisputeRequest: Sendable, Hashable {
    /// One of the case's, which was settled as kept.
    public var promiseID: Int64
    /// Why it is taken for not kept.
    public var reason: String
    /// Who says so; nil: whoever writes it down.
    public var saidBy: String?

    /// A dispute for that reason.
    public init(promiseID: Int64, reason: String, saidBy: String? = nil) {
        self.promiseID = promiseID
        self.reason = reason
        self.saidBy = saidBy
    }
}

/// What a manager says to a dispute (T2).
public struct DisputeDecisionRequest: Sendable, Hashable {
    /// The dispute, by its entry's number in the log.
    public var of: Int64
    /// Whether the promise was not kept.
    public var upheld: Bool
    /// Why.
    public var reason: String
    /// What is promised in its place: nil where nothing is, and where it was kept after all.
    public var next: PromiseRequest?

    /// A decision about a dispute.
    public init(of dispute: Int64, upheld: Bool, reason: String, next: PromiseRequest? = nil) {
        of = dispute
        self.upheld = upheld
        self.reason = reason
        self.next = next
    }
}

/// That a complaint went to somebody outside of the desk who decides, such as an ombudsman.
public struct ReferralRequest: Sendable, Hashable {
    /// Whom it went to.
    public var to: String
    /// What they know it by; nil when that is not known.
    public var reference: String?
    /// What there is to say of it; nil: nothing.
    public var text: String?
    /// When it went there; nil: now.
    public var at: PastInstant?

    /// A referral.
    public init(to: String, reference: String? = nil, text: String? = nil, at: PastInstant? = nil) {
        self.to = to
        self.reference = reference
        self.text = text
        self.at = at
    }
}

/// What was decided of a referral.
public struct ReferralDecisionRequest: Sendable, Hashable {
    /// The referral, by its entry's number in the log.
    public var of: Int64
    /// What they decided.
    public var decision: ReferralDecision
    /// What the customer is to get by it; nil: nothing, or nobody says.
    public var award: Money?
    /// What there is to say of it; nil: nothing.
    public var text: String?
    /// When it was decided; nil: now.
    public var at: PastInstant?

    /// A decision about a referral.
    public init(
        of referral: Int64, decision: ReferralDecision, award: Money? = nil, text: String? = nil,
        at: PastInstant? = nil
    ) {
        of = referral
        self.decision = decision
        self.award = award
        self.text = text
        self.at = at
    }
}

/// That the talk goes on later, at a time that is promised (T11).
public struct CoolOffRequest: Sendable, Hashable {
    /// Why talking does not work now.
    public var reason: String
    /// When the desk speaks with the customer again.
    public var callback: PromiseRequest

    /// A pause that the callback ends.
    public init(reason: String, callback: PromiseRequest) {
        self.reason = reason
        self.callback = callback
    }
}

/// That somebody will not go on now (T12).
public struct RefusalRequest: Sendable, Hashable {
    /// What made them stop.
    public var reason: String
    /// Who gets back to the customer and when; nil: the policy's.
    public var callback: PromiseRequest?

    /// A refusal for that reason.
    public init(reason: String, callback: PromiseRequest? = nil) {
        self.reason = reason
        self.callback = callback
    }
}

/// What could be done differently (T19).
public struct LessonRequest: Sendable, Hashable {
    /// What it came from, as the desk sorts causes: reports count by it.
    public var cause: String
    /// The process that is at fault, where one is.
    public var process: String?
    /// What was learned.
    public var text: String?
    /// The review of the process: a promise to ourselves, with an owner.
    public var review: PromiseRequest?
    /// Why the process at fault is not reviewed; there where no review is.
    public var noReview: String?

    /// A lesson.
    public init(
        cause: String, process: String? = nil, text: String? = nil, review: PromiseRequest? = nil,
        noReview: String? = nil
    ) {
        self.cause = cause
        self.process = process
        self.text = text
        self.review = review
        self.noReview = noReview
    }
}
