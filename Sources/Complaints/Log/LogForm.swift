/// What there is to know of a kind of log entry: whoever writes, shows, describes, searches or erases entries works
/// through it, and knows none of the kinds.
public struct LogForm: Sendable {
    /// What the feed of events calls an entry of the kind.
    public let event: EventType
    /// What sort of thing such an entry is about.
    public let about: LogSubject.Sort
    /// What an entry has of its own, beside what every entry has.
    public let facts: [LogFact]
    /// Whether a client may write one itself.
    public private(set) var isWritten = false
    /// Whether writing one may make a promise.
    public private(set) var mayPromise = false
    /// Whether it names somebody of the desk whom nobody may know.
    public private(set) var namesPeople = false
    /// Whether whoever writes one is told more than what it says.
    public var isAnswered: Bool { mayPromise || namesPeople }
    /// The texts that an erasure leaves.
    let keptTexts: Set<String>
    /// What an erasure takes.
    package let takenNames: Set<String>

    /// An entry that the service writes with a change.
    init(_ event: EventType, about: LogSubject.Sort = .case, _ facts: LogFact...) {
        self.init(event, about: about, facts)
    }

    /// The same, with any number of values.
    init(_ event: EventType, about: LogSubject.Sort = .case, _ facts: [LogFact]) {
        self.event = event
        self.about = about
        self.facts = facts
        keptTexts = Set(facts.lazy.filter { $0.privacy.isText && !$0.privacy.leavesLog }.map(\.name))
        takenNames = Set(facts.lazy.filter(\.privacy.leavesLog).map(\.name))
    }

    /// An entry that a client may write: what is noted in a case without changing anything else of it is an update too.
    static func written(_ facts: LogFact..., mayPromise: Bool = false, namesPeople: Bool = false) -> LogForm {
        var form = LogForm(.caseUpdated, facts)
        form.isWritten = true
        form.mayPromise = mayPromise
        form.namesPeople = namesPeople
        return form
    }

    /// Whether an entry has what one of its kind has, each among the facts or the texts as its privacy asks for.
    package func fits(facts: [Fact], texts: [Fact]) -> Bool {
        func isKnown(_ fact: Fact, isText: Bool) -> Bool {
            self.facts.contains { $0.name == fact.name && $0.privacy.isText == isText && $0.takes(fact.value) }
        }
        return facts.allSatisfy { isKnown($0, isText: false) } && texts.allSatisfy { isKnown($0, isText: true) }
            && self.facts.allSatisfy { fact in
                !fact.isAlways || (fact.privacy.isText ? texts : facts).contains { $0.name == fact.name }
            }
    }
}

extension LogKind {
    /// What there is to know of the kind.
    public var form: LogForm {
        guard let form = Self.forms[self] else { preconditionFailure("\(self) has no form") }
        return form
    }

    private static let forms = Dictionary(uniqueKeysWithValues: allCases.map { ($0, described($0)) })

    /// The kinds a client may write itself.
    public static let written = allCases.filter(\.form.isWritten)

    /// The texts that `q` looks at, in entries of any kind.
    public static let searchedTexts = Set(allCases.flatMap(\.form.facts).filter(\.isSearched).map(\.name))

    private static func described(_ kind: LogKind) -> LogForm {
        switch kind {
        case .caseOpened:
            LogForm(
                .caseOpened, LogFact("customer_id", .id), LogFact("received_at", .instant),
                .word("channel", Channel.self), .word("severity", Severity.self), .word("mood", Mood.self),
                LogFact(
                    "possible_duplicate_of", .id,
                    "A customer with whom the relationship was ended, and who has the same phone number or e-mail address."
                ).ifAny)
        case .caseUpdated:
            LogForm(
                .caseUpdated,
                edited(CaseFields.self) + [
                    LogFact("customer_id", .id, "Whose the case is from then on, where that was corrected.").ifAny,
                    LogFact("customer_id_before", .id).ifAny, partOfHandover,
                ])
        case .caseResolved:
            LogForm(
                .caseResolved,
                [
                    .written("summary"), .written("outcome_text").ifAny, .written("evidence").ifAny,
                    LogFact(
                        "customer_accepted", .flag,
                        "Missing for history, for a duplicate, and where the relationship was ended."
                    ).ifAny,
                ] + ending("") + [
                    LogFact("resolved_at", .instant, "When that was, where the service was told later.").ifAny,
                    LogFact("duplicate_of", .id, "The case that it is a duplicate of: what was promised goes on there.")
                        .ifAny,
                ])
        case .caseClosed: LogForm(.caseClosed, .written("reason").ifAny)
        case .caseReopened: LogForm(.caseReopened, .written("reason"))
        case .caseShared:
            LogForm(
                .caseUpdated,
                LogFact("expires_at", .instant, "From when on the link to the customer's page leads nowhere."))
        case .caseUnshared: LogForm(.caseUpdated, .written("reason").ifAny)
        case .resolutionCorrected: LogForm(.caseUpdated, ending("") + ending("_before"))
        case .stageUndone:
            LogForm(
                .caseUpdated, LogFact("number", .count, "Of the stage, which was a mistake."), .desk("stage"),
                .written("reason"), byOneself)
        case .stageOpened:
            LogForm(
                .caseUpdated, LogFact("number", .count, "Its place among the stages of the case."), .desk("stage"),
                .desk("regime"), LogFact("regime_version", .count, "0 for one that came with the service."),
                LogFact("requested_at", .instant),
                LogFact(
                    "since", .instant,
                    "Since when what was done counts as done at it, where it takes the place of a mistake."
                ).ifAny,
                LogFact("hard_deadline", .instant, "Of the case, by its clocks.").ifAny,
                LogFact(
                    "given_deadline", .instant,
                    "That somebody had given the case, which holds again where its regime turns out to be a mistake."
                ).ifAny,
                .written("reason").ifAny)
        case .promiseMade:
            LogForm(
                .promiseMade,
                [
                    .word("promise_kind", PromiseKind.self), .word("by", Promiser.self), .word("to", Promisee.self),
                    LogFact("due_at", .instant), .written("what"), .desk("made_by"), .desk("owner").ifAny,
                    .written("next_step").ifAny, LogFact("supersedes", .id).ifAny,
                    LogFact("transferred_from", .id, "The promise of the duplicate that it goes on from.").ifAny,
                    .desk("clock", "Of the regime, that made it.").ifAny,
                    LogFact("stage", .count, "Whose clock that is, by its number in the case.").ifAny,
                    LogFact("clock_from", .instant, "What it is counted from.").ifAny,
                    LogFact("reassigned", .flag, "That it had come into other hands before, in the duplicate.").ifAny,
                ] + notified + [
                    LogFact(
                        "marks", .texts,
                        "When the clock has something to say of it while it is unsettled, and what: an instant and a word each, "
                            + "`due_soon` or whom it is brought up to."
                    ).ifAny
                ])
        case .promiseDueSoon: LogForm(.promiseDueSoon, LogFact("due_at", .instant), .desk("owner").ifAny, standIn)
        case .promiseOverdue: LogForm(.promiseOverdue, LogFact("due_at", .instant), .desk("owner").ifAny, standIn)
        case .promiseReminder: LogForm(.promiseReminder, LogFact("due_at", .instant), .desk("owner").ifAny, standIn)
        case .promiseEscalated:
            LogForm(
                .promiseEscalated, LogFact("due_at", .instant), .word("hearer", LadderStep.Hearer.self),
                .desk("owner").ifAny, standIn)
        case .updateDue:
            LogForm(
                .caseUpdateDue, LogFact("since", .instant, "Since when the customer has heard nothing."),
                .desk("owner", "Whose case it was then.").ifAny)
        case .promiseKept:
            LogForm(
                .promiseKept, LogFact("kept_at", .instant), LogFact("backdated", .flag).ifAny,
                .word("state", PromiseState.self), .written("evidence").ifAny, takenOn)
        case .promiseRenegotiated: LogForm(.promiseRenegotiated, superseded)
        case .promiseRecovered: LogForm(.promiseRecovered, superseded)
        case .promiseWithdrawn:
            LogForm(
                .promiseWithdrawn,
                [
                    LogFact("customer_agreed", .flag),
                    LogFact(
                        "cause", .oneOf(Release.Cause.allCases.map(\.rawValue) + [Release.endedCause]),
                        "Where the customer did not agree; ended: the relationship was."
                    ).ifAny,
                    LogFact("superseded_by", .id).ifAny, .word("state", PromiseState.self), .written("reason"),
                    .written("explanation").ifAny,
                ] + notified)
        case .promiseVoided:
            LogForm(
                .promiseVoided,
                [
                    LogFact("superseded_by", .id).ifAny, byOneself, .word("state", PromiseState.self),
                    .written("reason"),
                ] + notified)
        case .promiseTransferred:
            LogForm(
                .promiseTransferred,
                LogFact(
                    "transferred_to", .id, "The promise that it goes on as, of the case that its own is a duplicate of."
                ),
                .word("state", PromiseState.self))
        case .promiseReassigned:
            LogForm(
                .promiseReassigned, .desk("owner"), .desk("owner_before").ifAny, .written("reason").ifAny,
                partOfHandover)
        case .promiseAccepted: LogForm(.promiseAccepted, .desk("owner").ifAny)
        case .promiseDeclined:
            LogForm(
                .promiseDeclined, .desk("owner", "Who gave it, and has it back; missing where it is nobody's.").ifAny,
                .desk("owner_before", "Who declined it."), .written("reason"))
        case .escalated:
            LogForm(
                .caseEscalated, LogFact("automatic", .flag, "By the policy, and not by whoever acts."),
                .written("reason"), .desk("supervisor").ifAny,
                .desk("supervisor_before", "Who was asked before.").ifAny)
        case .relationship:
            LogForm(
                .caseUpdated, .word("decision", Relationship.self),
                LogFact("customer_id", .id, "Whom it is about; missing in older entries.").ifAny, .written("reason"),
                byOneself)
        case .erased:
            LogForm(
                .caseUpdated, .written("reason"),
                LogFact(
                    "sealed", .texts,
                    "What stands for the hashes of entries that an older version wrote, and that covered words themselves."
                ).ifAny)
        case .duplicate:
            LogForm(
                .caseUpdated,
                LogFact(
                    "duplicate", .id, "The case that is a duplicate of this one: what was promised there goes on here."),
                .written("reason"))
        case .statement, .question, .fact: .written(.written("text"), LogFact("said_by", .text, privacy: .personal))
        case .acknowledgement:
            .written(
                .written("text"),
                LogFact("written_down", .flag, "That the complaint is, which the customer was told.").ifAny)
        case .support, .apology, .note: .written(.written("text"))
        case .restatement: .written(.written("text"), LogFact("confirmed", .flag))
        case .option: .written(LogFact("options", .texts, privacy: .personal, isSearched: true))
        case .agreement: .written(.written("option"), LogFact("accepted", .flag), mayPromise: true)
        case .threat:
            .written(
                .word("threat_kind", ThreatKind.self), LogFact("value_at_stake", .amount).ifAny,
                LogFact("currency", .currency).ifAny, .written("text").ifAny)
        case .threatAssessment:
            .written(
                LogFact("of", .id, "The threat, by its seq."), .word("verdict", ThreatVerdict.self), .desk("by"),
                .written("reason"), byOneself)
        case .concession:
            .written(
                .written("what"), LogFact("amount", .amount), LogFact("currency", .currency),
                LogFact(
                    "state", .oneOf([ConcessionState.granted.rawValue, ConcessionState.pending.rawValue]),
                    "As it was made: a pending one waits for a concession_decision."),
                LogFact("above_limit", .flag, "Of the policy then, with the case's others.").ifAny,
                LogFact(
                    "under_threat", .word(ThreatShadow.self),
                    "A threat stands beside it that nobody has looked into, or that is unfounded."
                ).ifAny)
        case .concessionDecision:
            .written(
                LogFact("of", .id, "The concession, by its seq."), LogFact("approved", .flag), .desk("by"),
                .written("reason"), byOneself)
        case .dispute: .written(.written("reason"), LogFact("said_by", .text, privacy: .personal))
        case .disputeDecision:
            .written(
                LogFact("of", .id, "The dispute, by its seq."), LogFact("upheld", .flag), byOneself, .written("reason"),
                mayPromise: true)
        case .referral: .written(.written("to"), .written("reference").ifAny, .written("text").ifAny)
        case .referralDecision:
            .written(
                LogFact("of", .id, "The referral, by its seq."), .word("decision", ReferralDecision.self),
                LogFact("award", .amount).ifAny, LogFact("currency", .currency).ifAny, .written("text").ifAny)
        case .forwarded: .written(.written("to"), .written("text").ifAny)
        case .mood:
            .written(
                .word("mood", Mood.self), .written("why").ifAny, .desk("owner", "Whose case it was then.").ifAny)
        case .supervisorJoined:
            .written(
                .desk("supervisor"),
                .desk("supervisor_before", "Who was asked before.").ifAny, byOneself, namesPeople: true)
        case .coolOff, .refusal: .written(.written("reason"), mayPromise: true)
        case .customerNotified:
            .written(
                .word("channel", Channel.self), .word("outcome", ContactOutcome.self), .written("text").ifAny)
        case .debrief: .written(.desk("with"), byOneself, namesPeople: true)
        case .lesson:
            .written(
                LogFact("cause", .text, privacy: .personal), LogFact("process", .text, privacy: .personal).ifAny,
                .written("text").ifAny, .written("no_review_reason").ifAny, mayPromise: true)
        case .thanks: .written(.desk("thanked", "Whom they thanked."), .written("text").ifAny)
        case .customerUpdated: LogForm(.customerUpdated, about: .customer, edited(CustomerFields.self))
        case .customerErased: LogForm(.customerUpdated, about: .customer, .written("reason"))
        case .customerMerged: LogForm(.customerUpdated, about: .customer, merge)
        case .customerUnmerged: LogForm(.customerUpdated, about: .customer, merge)
        case .policyAdded:
            LogForm(
                .policyUpdated, about: .policy, [.desk("name")] + named(Policy.self) + named(PolicyRule.self))
        case .policyUpdated:
            LogForm(
                .policyUpdated, about: .policy,
                [
                    LogFact("severity", .word(Severity.self), "Of the policy of a severity.").ifAny,
                    LogFact.desk("name", "Of any other.").ifAny,
                ] + edited(Policy.self) + edited(PolicyRule.self))
        case .tokenCreated:
            LogForm(
                .tokenCreated, about: .token, .word("role", Role.self), .desk("name"),
                .desk("owner", "Whose it is; missing for one that several people share.").ifAny,
                LogFact("expires_at", .instant, "Missing for one that does not.").ifAny)
        case .tokenRevoked: LogForm(.tokenRevoked, about: .token, .word("role", Role.self), .desk("name"))
        case .ownerNamed: LogForm(.ownerUpdated, about: .owner, [.desk("name")] + named(OwnerFields.self))
        case .ownerUpdated:
            LogForm(.ownerUpdated, about: .owner, edited(OwnerFields.self) + edited(AbsenceFields.self))
        case .handover:
            LogForm(
                .ownerUpdated, about: .owner,
                LogFact("promises", .count, "How many went over; an entry of each follows at once."),
                LogFact("cases", .count),
                LogFact("only", .id, "The handover that it undoes, in the log of whom it goes back to.").ifAny,
                .desk("to", "Who has them from then on."), .desk("reason"))
        case .digestReady:
            LogForm(
                .digestReady, about: .owner, .desk("name"),
                LogFact(
                    "date", .text, "By the clocks of the calendar that they go by, whose hours of that date begin."),
                standIn)
        case .calendarUpdated: LogForm(.calendarUpdated, about: .calendar, calendar)
        case .regimeUpdated: LogForm(.regimeUpdated, about: .regime, regime)
        case .webhookCreated: LogForm(.webhookUpdated, about: .webhook, [receiver] + named(WebhookFields.self))
        case .webhookUpdated:
            LogForm(
                .webhookUpdated, about: .webhook,
                [receiver, LogFact("url_changed", .flag, "Its URL; all of it is in no log.").ifAny]
                    + edited(WebhookFields.self))
        case .webhookRotated: LogForm(.webhookUpdated, about: .webhook, receiver)
        case .webhookDisabled:
            LogForm(
                .webhookDisabled, about: .webhook, receiver, .word("reason", WebhookOffReason.self),
                LogFact("active", .text), LogFact("active_before", .text))
        case .webhookDeleted: LogForm(.webhookUpdated, about: .webhook, receiver)
        case .epochBegun:
            LogForm(
                .epochBegun, about: .epoch,
                LogFact("epoch", .count, "Its number; the first, before any promotion, is 1."))
        }
    }

    /// Scheme, host and port of a webhook's URL: what comes after them may be a secret.
    private static let receiver = LogFact.desk("receiver", "Where it posts, without the path.")

    /// A version of a regime, whose number is the entry's seq, as far as it is another one than the version before.
    private static let regime: [LogFact] = [
        .desk("name"),
        LogFact("valid_from", .text, "The first date of receipt that it holds for; empty: from ever."),
        LogFact("valid_until", .text, "The last one; empty: it still holds."),
        LogFact("received_closed", .word(Regime.ReceivedClosed.self)).ifAny,
        LogFact("received_closed_before", .word(Regime.ReceivedClosed.self)).ifAny,
        .desk("title").ifAny, .desk("title_before").ifAny, .desk("authority").ifAny, .desk("authority_before").ifAny,
        .desk("source").ifAny, .desk("source_before").ifAny, .desk("calendar").ifAny, .desk("calendar_before").ifAny,
        .desk("stages", "Their names, in order.").ifAny, .desk("stages_before").ifAny,
        LogFact("clocks_added", .texts, "Each with its stage.", privacy: .desk).ifAny,
        LogFact("clocks_removed", .texts, "As they were.", privacy: .desk).ifAny,
    ]

    /// A version of a calendar, whose number is the entry's seq, as far as it is another one than the version before.
    private static let calendar: [LogFact] = [
        .desk("name"),
        LogFact("effective_from", .text, "The first date that it holds on; empty: from ever."),
        LogFact("time_zone", .text).ifAny, LogFact("time_zone_before", .text).ifAny,
        LogFact("weekly", .text, "The hours of each day of the week that has any.").ifAny,
        LogFact("weekly_before", .text).ifAny,
        LogFact("special_days_added", .texts, "Each with its hours.", privacy: .desk).ifAny,
        LogFact("special_days_removed", .texts, "As they were.", privacy: .desk).ifAny,
        LogFact("teams_added", .texts, privacy: .desk).ifAny, LogFact("teams_removed", .texts, privacy: .desk).ifAny,
    ]

    /// How a case ended, as it is now, or, with an ending to the names, as it was where that was otherwise.
    private static func ending(_ suffix: String) -> [LogFact] {
        [
            .word("outcome\(suffix)", CaseOutcome.self).ifAny, LogFact("redress_amount\(suffix)", .amount).ifAny,
            LogFact("redress_currency\(suffix)", .currency).ifAny,
            LogFact("final_response_sent_at\(suffix)", .instant).ifAny,
            .word("final_response_channel\(suffix)", Channel.self).ifAny,
        ]
    }

    /// How the customer was told, where they were.
    private static let notified: [LogFact] = [
        .word("notified_channel", Channel.self).ifAny, .word("notified_outcome", ContactOutcome.self).ifAny,
        LogFact("notified_at", .instant).ifAny,
    ]

    private static let superseded: [LogFact] = [
        LogFact("superseded_by", .id), .word("state", PromiseState.self), .written("reason"),
        .written("explanation").ifAny, takenOn,
    ]

    /// Of two customers each has an entry, which names the other.
    private static let merge: [LogFact] = [
        LogFact("into", .id, "Who they turned out to be, in the entry of the one who was merged.").ifAny,
        LogFact("from", .id, "Who was merged into them, in the entry of the other.").ifAny,
        LogFact("reason", .text, "In the entry of the one who was merged.", privacy: .personal).ifAny,
    ]

    private static let standIn = LogFact.desk(
        "stand_in", "Who is told in place of an owner who is away that day, or when a promise of theirs is due."
    ).ifAny

    private static let byOneself = LogFact(
        "by_oneself", .flag, "By whom it is about, or who wrote down what it is about."
    ).ifAny

    private static let takenOn = LogFact(
        "accepted", .flag, "By that its owner took it on, whom somebody else had given it to."
    ).ifAny

    private static let partOfHandover = LogFact(
        "handover", .id, "The handover that it is a part of, by its seq in the log of who had it."
    ).ifAny

    /// Each field that has a value as something is made.
    private static func named<Record: EditedRecord>(_: Record.Type) -> [LogFact] {
        Record.loggedNames.map { name, privacy in LogFact(name, .text, privacy: privacy).ifAny }
    }

    /// Each changed field as it is, empty where it was taken away, and as it was.
    private static func edited<Record: EditedRecord>(_: Record.Type) -> [LogFact] {
        Record.loggedNames.flatMap { name, privacy in
            [name, "\(name)_before"].map { LogFact($0, .text, privacy: privacy).ifAny }
        }
    }
}
