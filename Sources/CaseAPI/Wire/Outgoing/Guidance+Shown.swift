import Complaints

extension Guidance {
    /// What is to be done about a case, the first thing first.
    static let shown: [Shown<Guidance>] = [
        .id("case_id") { $0.caseID },
        .word("mood", "When last observed.") { $0.mood },
        .wordOrNull("mood_trend", "From the mood observed before; null when there was none.") { $0.moodTrend },
        .count(
            "hot_in_a_row", "How many of the latest contacts of the case's owner were angry or abusive, in a row."
        ) { $0.hotInARow },
        .flag("vulnerable", "Whether the customer is to be treated with particular care: mind it in all of this.") {
            $0.isCustomerVulnerable
        },
        .objects(
            "items", "One for each tactic: what is to be done now, next, what is held back, done, and not needed.",
            of: GuidedItem.shown, schema: .named("GuidanceItem"), bounds: Tactic.allCases.count...Tactic.allCases.count
        ) { guidance in guidance.items.map { GuidedItem(item: $0, caseID: guidance.caseID) } },
    ]
}

/// What is to be done about one tactic in a case.
struct GuidedItem {
    let item: Guidance.Item
    let caseID: Int64

    static let shown: [Shown<GuidedItem>] = [
        .word("tactic") { $0.item.tactic },
        .text("title", "What to do, in a few words.") { $0.item.title },
        .word("state", states) { $0.item.state },
        .text("why", "What in the record says so.") { $0.item.why.text },
        .value("entries", .array(.id), "The entries of the log that say so, by seq.") { $0.item.why.entries },
        .value("promise_ids", .array(.id), "The promises that say so.") { $0.item.why.promises },
        .objectOrNull(
            "call", "What does it; null where nothing is to be called.", of: CaseCall.shown,
            schema: .named("GuidedCall")
        ) { item in item.item.call.map { CaseCall(call: $0, caseID: item.caseID) } },
    ]

    private static let states = """
        now: the first thing to do. next: later, or at any time. held: a tactic says to wait with it; it can be done all \
        the same. done: already. not_needed: the case gives no occasion for it.
        """
}

extension ItemForm<Guidance> {
    static let guidance = ItemForm(Guidance.shown)
}
