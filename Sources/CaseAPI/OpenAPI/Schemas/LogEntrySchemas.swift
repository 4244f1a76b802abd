import Complaints

/// The entries that a client writes to a log: as they are sent, and as they are answered.
enum LogEntrySchemas {
    /// What there is in an answer besides what every entry has.
    static func answered(_ kind: LogKind) -> [Field] {
        switch kind {
        case .note, .acknowledgement, .support, .apology: [.always("text", .text)]
        case .statement, .question, .fact: [.always("text", .text), .always("said_by", .text)]
        case .restatement: [.always("text", .text), .always("confirmed", .flag)]
        case .option: [.always("options", .array(.text))]
        case .agreement: [.always("option", .text), .always("accepted", .flag)]
        case .threat:
            [
                .always("threat_kind", .named("ThreatKind")), .sometimes("value_at_stake", .named("Amount")),
                .sometimes("currency", .named("Currency")), .sometimes("text", .text),
            ]
        case .threatAssessment:
            [
                .always("of", .id, "The threat, by its seq."), .always("verdict", .named("ThreatVerdict")),
                .always("by", .text), .always("reason", .text),
            ]
        case .concession:
            [
                .always("what", .text), .always("amount", .named("Amount")), .always("currency", .named("Currency")),
                .always(
                    "state", Schema(["type": "string", "enum": ["granted", "pending"]]),
                    "As it was made: a pending one waits for a concession_decision."),
                .sometimes("above_limit", .flag, "Of the policy."),
                .sometimes("under_threat", .flag, "That nobody has looked into."),
            ]
        case .concessionDecision:
            [
                .always("of", .id, "The concession, by its seq."), .always("approved", .flag), .always("by", .text),
                .always("reason", .text),
            ]
        case .mood:
            [.always("mood", .mood), .sometimes("why", .text), .sometimes("owner", .text, "Whose case it was then.")]
        case .supervisorJoined: [.always("supervisor", .text)]
        case .coolOff, .refusal: [.always("reason", .text)]
        case .customerNotified:
            [.always("channel", .channel), .always("outcome", .named("ContactOutcome")), .sometimes("text", .text)]
        case .debrief: [.always("with", .text)]
        case .lesson: [.always("cause", .text), .sometimes("process", .text), .sometimes("text", .text)]
        default: []
        }
    }

    /// What a client sends: `kind` decides what else there is. Some kinds have two forms.
    static func sent(_ kind: LogKind) -> [Schema] {
        forms(of: kind).map { .object([.always("kind", .word(kind.rawValue))] + $0) }
    }

    private static func forms(of kind: LogKind) -> [[Field]] {
        switch kind {
        case .agreement:
            [
                [
                    option, .always("accepted", .flag(true)),
                    .always("remedy", .named("NewPromise"), "What is promised with it; of the kind remedy."),
                ],
                [option, .always("accepted", .flag(false)), .sometimes("remedy", .null)],
            ]
        case .threat:
            [
                [
                    threatKind, .always("value_at_stake", .named("Amount"), "What it could cost."),
                    .always("currency", .named("Currency")), .optional("text", .named("Complaint"), "What they said."),
                ],
                [
                    threatKind, .sometimes("value_at_stake", .null), .sometimes("currency", .null),
                    .optional("text", .named("Complaint"), "What they said."),
                ],
            ]
        case .lesson:
            [
                [
                    cause, .optional("process", .name, "The process that is at fault, where one is."),
                    .optional("text", .named("Complaint")), .sometimes("review", .null),
                ],
                [
                    cause, .always("process", .name), .optional("text", .named("Complaint")),
                    .always("review", .named("Review"), "Of the process: a promise to ourselves."),
                ],
            ]
        default: [fields(of: kind)]
        }
    }

    private static let threatKind = Field.always("threat_kind", .named("ThreatKind"), "What they threaten with.")

    private static let cause = Field.always(
        "cause", .name, "What it came from, as the desk sorts causes: reports count by it.")

    private static let option = Field.always(
        "option", .narrative, "One that was offered in the case, compared without case.")

    private static func fields(of kind: LogKind) -> [Field] {
        let text = Field.always("text", .named("Complaint"))
        let reason = Field.always("reason", .narrative, "Why.")
        let by = Field.optional("by", .name, "Who decided; without it, whoever writes it down.")
        return switch kind {
        case .statement, .fact: [text, .optional("said_by", .name, "Without it, the customer.")]
        case .question: [text, .optional("said_by", .name, "Without it, whoever writes it down.")]
        case .restatement: [text, .always("confirmed", .flag, "Whether the customer agreed that it is right.")]
        case .option: [.always("options", .array(.narrative, 1...Limits.options))]
        case .threatAssessment:
            [
                .always("of", .integer(), "The threat, by its seq."), .always("verdict", .named("ThreatVerdict")), by,
                reason,
            ]
        case .concession:
            [
                .always("what", .narrative, "What you give away."), .always("amount", .named("Amount")),
                .always("currency", .named("Currency")),
            ]
        case .concessionDecision:
            [
                .always("of", .integer(), "The concession, by its seq; managers only."), .always("approved", .flag),
                by, reason,
            ]
        case .mood: [.always("mood", .mood), .optional("why", .narrative)]
        case .supervisorJoined: [.optional("supervisor", .name, "Without it, the one who was asked.")]
        case .coolOff: CaseSchemas.coolOff
        case .refusal:
            [
                reason,
                .optional(
                    "callback", .named("NewPromise"),
                    "Who gets back to the customer and when; without it, the policy's."),
            ]
        case .customerNotified:
            [
                .always("channel", .channel, "The way it was tried."), .always("outcome", .named("ContactOutcome")),
                .optional(
                    "at", .instant,
                    "When it was tried, not after now, by clocks that differ by two seconds; without it, now."),
                .optional("promise_id", .integer(), "What they were told of; without it, all they do not know of."),
                .optional("text", .named("Complaint")),
            ]
        case .debrief:
            [
                .always("with", .name, "With whom; what was said stays between you."),
                .optional(
                    "at", .instant, "When, not after now, by clocks that differ by two seconds; without it, now."),
            ]
        default: [text]
        }
    }
}
