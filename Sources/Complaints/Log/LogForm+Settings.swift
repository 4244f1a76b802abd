// What is said of customers, and of what the desk is run by: policies, tokens, owners, calendars, regimes, webhooks.
extension LogForm {
    static let customerUpdated = LogForm(.customerUpdated, about: .customer, edited(CustomerFields.self))

    static let customerErased = LogForm(.customerUpdated, about: .customer, .written("reason"))

    static let customerMerged = LogForm(.customerUpdated, about: .customer, merge)

    static let customerUnmerged = LogForm(.customerUpdated, about: .customer, merge)

    static let policyAdded = LogForm(
        .policyUpdated, about: .policy, [.desk("name")] + named(Policy.self) + named(PolicyRule.self))

    static let policyUpdated = LogForm(
        .policyUpdated, about: .policy,
        [
            LogFact("severity", .word(Severity.self), "Of the policy of a severity.").ifAny,
            LogFact.desk("name", "Of any other.").ifAny,
        ] + edited(Policy.self) + edited(PolicyRule.self))

    static let tokenCreated = LogForm(
        .tokenCreated, about: .token, .word("role", Role.self), .desk("name"),
        .desk("owner", "Whose it is; missing for one that several people share.").ifAny,
        LogFact("expires_at", .instant, "Missing for one that does not.").ifAny)

    static let tokenRevoked = LogForm(.tokenRevoked, about: .token, .word("role", Role.self), .desk("name"))

    static let ownerNamed = LogForm(.ownerUpdated, about: .owner, [.desk("name")] + named(OwnerFields.self))

    static let ownerUpdated = LogForm(
        .ownerUpdated, about: .owner, edited(OwnerFields.self) + edited(AbsenceFields.self))

    static let handover = LogForm(
        .ownerUpdated, about: .owner,
        LogFact("promises", .count, "How many went over; an entry of each follows at once."),
        LogFact("cases", .count),
        LogFact("only", .id, "The handover that it undoes, in the log of whom it goes back to.").ifAny,
        .desk("to", "Who has them from then on."), .desk("reason"))

    static let digestReady = LogForm(
        .digestReady, about: .owner, .desk("name"),
        LogFact(
            "date", .text, "By the clocks of the calendar that they go by, whose hours of that date begin."),
        standIn)

    static let calendarUpdated = LogForm(.calendarUpdated, about: .calendar, calendar)

    static let regimeUpdated = LogForm(.regimeUpdated, about: .regime, regime)

    static let webhookCreated = LogForm(.webhookUpdated, about: .webhook, [receiver] + named(WebhookFields.self))

    static let webhookUpdated = LogForm(
        .webhookUpdated, about: .webhook,
        [receiver, LogFact("url_changed", .flag, "Its URL; all of it is in no log.").ifAny]
            + edited(WebhookFields.self))

    static let webhookRotated = LogForm(.webhookUpdated, about: .webhook, receiver)

    static let webhookDisabled = LogForm(
        .webhookDisabled, about: .webhook, receiver, .word("reason", WebhookOffReason.self),
        LogFact("active", .text), LogFact("active_before", .text))

    static let webhookDeleted = LogForm(.webhookUpdated, about: .webhook, receiver)

    static let epochBegun = LogForm(
        .epochBegun, about: .epoch,
        LogFact("epoch", .count, "Its number; the first, before any promotion, is 1."))

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

    /// Of two customers each has an entry, which names the other.
    private static let merge: [LogFact] = [
        LogFact("into", .id, "Who they turned out to be, in the entry of the one who was merged.").ifAny,
        LogFact("from", .id, "Who was merged into them, in the entry of the other.").ifAny,
        LogFact("reason", .text, "In the entry of the one who was merged.", privacy: .personal).ifAny,
    ]
}
