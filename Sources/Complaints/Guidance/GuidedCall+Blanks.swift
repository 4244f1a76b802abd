extension GuidedCall {
    /// A field of the request that a person has to fill in.
    public struct Blank: Sendable, Hashable, ExpressibleByStringLiteral {
        /// Where in the body it is.
        public let path: FieldPath
        /// The service would do without it. Its place stands empty, so that it is not passed over: an empty text is
        /// refused where a missing one is not.
        public let isOptional: Bool

        init(_ path: FieldPath, isOptional: Bool = false) {
            self.path = path
            self.isOptional = isOptional
        }

        /// A field of the body's own that must be there.
        public init(stringLiteral name: String) { self.init(FieldPath([name])) }

        static func optional(_ path: FieldPath) -> Blank { Blank(path, isOptional: true) }
    }

    /// What a person has to fill in, in the order of the body: without it the call is refused for these and nothing else.
    public var blanks: [Blank] {
        switch self {
        case .write(let request): request.blanks
        // What is promised with a yes is the option itself, where there is no other.
        case .agree(let request, let isOnly):
            (isOnly ? [] : ["option"]) + ["accepted"]
                + (request.remedy?.blanks(at: "remedy", isWhatKnown: isOnly) ?? [])
        case .coolOff(let request): request.blanks
        case .promise(let request): request.blanks(at: .body)
        // Whoever keeps it says what shows that it was done: kept in name only is not done as promised.
        case .keep(_, _, let then): [.optional("evidence")] + then.blanks
        case .renew(_, _, let request):
            ["due_at", "reason", "next_step"] + (request.what == nil ? [] : [.optional("what")])
                + (request.customerNotified?.blanks(at: "customer_notified") ?? [])
        case .accept: []
        // Where nobody was named, it is not whoever calls.
        case .join(_, let isNamed): isNamed ? [] : [.optional("supervisor")]
        case .escalate(_, let isNamed): isNamed ? [] : ["supervisor"]
        // To end it closes the case: what the body has beside it belongs to that decision alone.
        case .decide(let request): request.decision == .end ? ["reason"] : ["decision", "reason"]
        case .wish: [.optional("desired_outcome")]
        case .estimate: [Blank("estimate" / "from"), Blank("estimate" / "to")]
        case .handOver: [.optional("owner")]
        }
    }
}

extension LogRequest {
    /// What only whoever writes it down can know.
    fileprivate var blanks: [GuidedCall.Blank] {
        switch self {
        case .note, .said, .told: ["text"]
        case .restatement: ["text", "confirmed"]
        case .option: ["options"]
        case .agreement: ["option", "accepted"]
        case .threat: ["threat_kind"]
        case .threatAssessment: ["verdict", "reason"]
        case .concession: ["what", "amount", "currency"]
        case .concessionDecision: ["approved", "reason"]
        case .dispute: ["promise_id", "reason"]
        case .disputeDecision: ["upheld", "reason"]
        case .referral, .forwarded: ["to"]
        case .referralDecision: ["decision"]
        case .mood: ["mood"]
        case .supervisorJoined: []
        case .coolOff(let request): request.blanks
        case .refusal(let request): ["reason"] + (request.callback?.blanks(at: "callback") ?? [])
        case .customerNotified(let notice, _, let text):
            notice.blanks(at: .body) + (text == nil ? [] : [.optional("text")])
        case .debrief: ["with"]
        case .thanks: []
        // A lesson that is there already names the process: its review is what is missing.
        case .lesson(let request):
            request.review.map { $0.blanks(at: "review") + [GuidedCall.Blank("review" / "owner")] }
                ?? ["cause", .optional("text")]
        }
    }
}

extension Continuation {
    fileprivate var blanks: [GuidedCall.Blank] {
        switch self {
        case .none: []
        case .promise(let request): request.blanks(at: "next_promise")
        case .resolve:
            [GuidedCall.Blank("resolve" / "summary"), GuidedCall.Blank("resolve" / "customer_accepted")]
        }
    }
}

extension CoolOffRequest {
    fileprivate var blanks: [GuidedCall.Blank] { ["reason"] + callback.blanks(at: "callback") }
}

extension PromiseRequest {
    /// What is promised and by when is for whoever promises it; what happens next where the request has it.
    fileprivate func blanks(at path: FieldPath, isWhatKnown: Bool = false) -> [GuidedCall.Blank] {
        (isWhatKnown ? [] : [GuidedCall.Blank(path / "what")]) + [GuidedCall.Blank(path / "due_at")]
            + (nextStep == nil ? [] : [.optional(path / "next_step")])
    }
}

extension NoticeRequest {
    /// How the customer was told, and whether they were.
    fileprivate func blanks(at path: FieldPath) -> [GuidedCall.Blank] {
        [GuidedCall.Blank(path / "channel"), GuidedCall.Blank(path / "outcome")]
    }
}

extension Policy {
    /// The due instant that examples have: a day to two days off, sooner where the policy lets nothing be promised for so
    /// long. It stays the same for a day, so that guidance that says the same is the same.
    public func exampleDue(at now: Instant) -> Instant {
        let grain = exampleGrain
        let past = now.milliseconds % grain
        return Instant(milliseconds: now.milliseconds - (past < 0 ? past + grain : past) + 2 * grain)
    }

    /// The last instant for which that is the same.
    public func exampleHolds(at now: Instant) -> Instant {
        Instant(milliseconds: exampleDue(at: now).milliseconds - exampleGrain - 1)
    }

    /// In milliseconds.
    private var exampleGrain: Int64 { min(ElapsedTime.days(1).milliseconds, maxSpan.milliseconds / 2) }
}
