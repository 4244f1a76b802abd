import Complaints

extension Policy {
    /// What there is of the policy of a severity.
    static let shown: [Shown<Policy>] = [
        .word("severity") { $0.severity },
        .duration("acknowledge_in", PolicyMeaning.acknowledge) { $0.acknowledgeIn },
        .duration("warn_ahead", PolicyMeaning.warn) { $0.warnAhead },
        .duration("max_span", PolicyMeaning.span) { $0.maxSpan },
        .value("concession_limit", .integer(Limits.money), PolicyMeaning.limit) { $0.concessionLimit.amount },
        .value("concession_currency", .named("Currency"), PolicyMeaning.currency) { $0.concessionLimit.currency.code },
        .value("load_cap", .integer(Limits.loadCap), PolicyMeaning.cap) { $0.loadCap },
        .wordOrNull("escalate_mood", PolicyMeaning.heat) { $0.escalateMood },
        .value("escalate_after", .integer(Limits.escalateAfter), PolicyMeaning.breaks) { $0.escalateAfter },
        .text("supervisor", PolicyMeaning.supervisor) { $0.supervisor },
        .duration("follow_up_in", PolicyMeaning.followUp) { $0.followUpIn },
        .count("version", "1, and one more with every change.") { $0.version },
        .instant("updated_at") { $0.updatedAt },
    ]
}

/// What the fields of a policy mean, as it is answered and as it is sent.
enum PolicyMeaning {
    static let acknowledge = "How soon after its receipt a case without a promise of its own is acknowledged."
    static let warn = "How long before its due instant a promise's owner is warned (due_soon)."
    static let span = "How far off a promise may lie."
    static let limit = """
        What an agent may give away in one concession; what is more, or in another currency, waits for a manager.
        """
    static let currency = "Of concession_limit."
    static let cap = "From more promises due on one day on, whoever makes one for that owner is warned."
    static let heat = "From this mood on a supervisor is asked to join by itself; null: never because of it."
    static let breaks = "From so many broken promises of a case on a supervisor is asked to join by itself."
    static let supervisor = "Who is asked then; null: the case's own supervisor, if it has one."
    static let followUp = "How long after a resolution the customer is asked how it went; null: not by itself."
}

extension ListForm<Policy> {
    static let policies = ListForm(Policy.shown)
}
