import Complaints

extension CustomerPage {
    /// A case as its customer may see it: no owner, no mood, no severity, no reason that is the desk's own.
    static let shown: [Shown<CustomerPage>] = received + ended + told

    private static let received: [Shown<CustomerPage>] = [
        .id("case_id") { $0.record.id },
        .text("external_id") { $0.record.fields.externalID },
        .text("complaint", "In their own words.") { $0.record.complaint },
        .object(
            "customer",
            of: [
                .text("name") { $0.fields.name },
                .text("language", "To show the page in, as a tag of BCP 47.") { $0.fields.language },
            ] as [Shown<Customer>]
        ) { $0.record.customer },
        .text("desired_outcome") { $0.record.fields.desiredOutcome },
        .word("status") { $0.record.status },
        .instant("received_at") { $0.record.receivedAt },
        .instant("resolved_at") { $0.record.resolvedAt },
        .instant("closed_at") { $0.record.closedAt },
        .objectOrNull("estimate", of: Estimate.shown, schema: .named("ToldEstimate")) { $0.record.fields.estimate },
        .objectOrNull(
            "stage", "Of the procedure that holds for the case; null where it is under no regime.", of: Stage.shown,
            schema: .named("ToldStage")
        ) { $0.stage },
        .instant("next_due_at", "When the desk is next to be in touch.") { $0.nextDueAt },
        .instant("supervisor_joined_at", "When a supervisor last joined; null when none did.") {
            $0.supervisorJoinedAt
        },
    ]

    private static let ended: [Shown<CustomerPage>] = CaseEnding.members { $0.record.ending }

    private static let told: [Shown<CustomerPage>] = [
        .text("outcome_text", "How it ended, in words for them; null while it is open.") { $0.outcomeText },
        .objects("promises", "What was promised to them, oldest first.", of: Item.shown) { $0.promises },
    ]
}

extension CustomerPage.Item {
    fileprivate static let shown: [Shown<CustomerPage.Item>] = [
        .id("id") { $0.promise.id },
        .word("kind") { $0.promise.kind },
        .text(
            "what",
            "In the words of the desk; what the service promised by itself, for a policy or a clock, in words for the customer."
        ) { $0.what },
        .wordOrNull("channel") { $0.promise.channel },
        .text("next_step") { $0.promise.nextStep },
        .text("clock", "The clock of the regime that made it, by name.") { $0.clock },
        .instant("made_at") { $0.madeAt },
        .instant("due_at", "As it stands.") { $0.promise.dueAt },
        .word("state") { $0.state },
        .instant("kept_at", "Null, too, for what was found not to have been kept.") { $0.keptAt },
        .instant("given_up_at", "When it was given up, with their release or without; null where it was not.") {
            $0.givenUpAt
        },
        .text("explanation", "Why it was given up, as they were told.") { $0.explanation },
        .objects("moved", "How the date has moved, what it took the place of, and why.", of: CustomerPage.Move.shown) {
            $0.moves
        },
    ]
}

extension CustomerPage.Move {
    fileprivate static let shown: [Shown<CustomerPage.Move>] = [
        .text("what", "What was promised until then, as the promise's own what.") { $0.what },
        .instant("promised_at", "When that was promised.") { $0.promisedAt },
        .instant("from") { $0.from },
        .instant("to") { $0.to },
        .instant("at") { $0.at },
        .flag("missed", "The date had passed by then, or the promise was found not to have been kept.") {
            $0.wasMissed
        },
        .flag("given_up", "It was given up, with their release or without, and something else was promised.") {
            $0.wasGivenUp
        },
        .text("explanation", "Why, as they were told.") { $0.explanation },
    ]
}

extension CustomerPage.Stage {
    static let shown: [Shown<CustomerPage.Stage>] = [
        .text("name") { $0.name },
        .text("regime", "What the regime is, in a line.") { $0.regime },
        .text("authority", "Whose rules they are.") { $0.authority },
        .instant("requested_at", "When they asked for it; of the first stage, when the complaint was received.") {
            $0.requestedAt
        },
        .instant(
            "hard_deadline",
            "By when it has to be settled by its clocks; null where they set no date, and once it is over."
        ) { $0.hardDeadline },
    ]
}

extension ItemForm<CustomerPage> {
    static let customerPage = ItemForm(CustomerPage.shown)
}
