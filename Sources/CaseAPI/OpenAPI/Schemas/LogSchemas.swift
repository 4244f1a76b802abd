import CaseStore
import Complaints

/// Entries of a case's log, as they are answered: of each kind one schema.
enum LogSchemas {
    static let all: [(name: String, schema: Schema)] =
        LogKind.allCases.map { (name(of: $0), entry($0)) }
        + LogKind.written.filter(\.mayPromise).map { ("Written" + name(of: $0), entry($0, isNew: true)) }
        + [
            ("LogEntry", .oneOf(LogKind.allCases.map { .named(name(of: $0)) })),
            (
                "WrittenEntry",
                .oneOf(LogKind.written.map { .named(($0.mayPromise ? "Written" : "") + name(of: $0)) })
            ),
        ]

    private static func name(of kind: LogKind) -> String { kind.rawValue.pascalCased + "Entry" }

    /// An entry of one kind, with the facts and texts it has.
    ///
    /// - Parameter isNew: whether it was just written, and may have made a promise.
    private static func entry(_ kind: LogKind, isNew: Bool = false) -> Schema {
        .object(
            LogEntryView.shown.map { $0.name == "kind" ? .always("kind", .word(kind.rawValue)) : $0.field }
                + facts(of: kind) + (isNew ? LogEntryView.made.map(\.field) : []))
    }

    private static func facts(of kind: LogKind) -> [Field] {
        switch kind {
        case .caseOpened:
            [
                .always("customer_id", .id), .always("received_at", .utcInstant), .always("channel", .channel),
                .always("severity", .severity), .always("mood", .mood),
            ]
        case .caseUpdated: changes
        case .caseResolved: [.always("summary", .text), .sometimes("customer_accepted", .flag, "Missing for history.")]
        case .caseClosed: [.sometimes("reason", .text)]
        case .caseReopened: [.always("reason", .text)]
        case .promiseMade:
            [
                .always("promise_kind", .named("PromiseKind")), .always("by", .named("Promiser")),
                .always("to", .named("Promisee")), .always("due_at", .utcInstant), .always("what", .text),
                .always("made_by", .text), .sometimes("owner", .text), .sometimes("next_step", .text),
                .sometimes("supersedes", .id), .sometimes("notified_channel", .channel),
                .sometimes("notified_outcome", .named("ContactOutcome")), .sometimes("notified_at", .utcInstant),
            ]
        case .promiseOverdue: [.always("due_at", .utcInstant), .sometimes("owner", .text)]
        case .promiseKept:
            [
                .always("kept_at", .utcInstant), .sometimes("backdated", .flag),
                .always("state", .named("PromiseState")),
                .sometimes("evidence", .text),
            ]
        case .promiseRenegotiated, .promiseRecovered:
            [.always("superseded_by", .id), .always("state", .named("PromiseState")), .always("reason", .text)]
        case .promiseWithdrawn:
            [
                .always("customer_agreed", .flag), .sometimes("cause", .words(Release.Cause.self)),
                .always("state", .named("PromiseState")), .always("reason", .text),
            ]
        case .promiseVoided: [.always("state", .named("PromiseState")), .always("reason", .text)]
        case .promiseReassigned:
            [.always("owner", .text), .sometimes("owner_before", .text), .sometimes("reason", .text)]
        case .promiseAccepted: [.sometimes("owner", .text)]
        case .escalated:
            [
                .always("automatic", .flag, "By the policy, and not by whoever acts."), .always("reason", .text),
                .sometimes("supervisor", .text),
            ]
        case .relationship: [.always("decision", .named("Relationship")), .always("reason", .text)]
        case .erased: [.always("reason", .text)]
        case .note, .acknowledgement, .support, .apology: [.always("text", .text)]
        case .statement, .question, .fact: [.always("text", .text), .always("said_by", .text)]
        case .restatement: [.always("text", .text), .always("confirmed", .flag)]
        case .option: [.always("options", .array(.text))]
        case .agreement: [.always("option", .text), .always("accepted", .flag)]
        case .threat:
            [
                .always("threat_kind", .named("ThreatKind")), .sometimes("value_at_stake", .integer(Limits.money)),
                .sometimes("currency", .named("Currency")), .sometimes("text", .text),
            ]
        case .threatAssessment:
            [
                .always("of", .id, "The threat, by its seq."), .always("verdict", .named("ThreatVerdict")),
                .always("by", .text), .always("reason", .text),
            ]
        case .concession:
            [
                .always("what", .text), .always("amount", .integer(Limits.money)),
                .always("currency", .named("Currency")),
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
        }
    }

    /// Each changed field as it is, empty where it was taken away, and as it was.
    private static let changes: [Field] = CaseFields.loggedNames.flatMap { name in
        [Field.sometimes(name, .text), .sometimes(name + "_before", .text)]
    }
}

extension LogKind {
    /// Whether writing an entry of it may make a promise.
    fileprivate var mayPromise: Bool { [.agreement, .coolOff, .refusal, .lesson].contains(self) }
}
