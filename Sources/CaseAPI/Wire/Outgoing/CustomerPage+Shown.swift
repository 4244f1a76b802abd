import Complaints

extension CustomerPage {
    /// A case as its customer may see it: no owner, no mood, no severity, nothing of the log.
    static let shown: [Shown<CustomerPage>] = [
        .id("case_id") { $0.record.id },
        .text("external_id") { $0.record.fields.externalID },
        .text("subject") { $0.record.fields.subject },
        .text("complaint", "In their own words.") { $0.record.complaint },
        .object("customer", of: [.text("name") { $0.fields.name }] as [Shown<Customer>]) { $0.record.customer },
        .text("desired_outcome") { $0.record.fields.desiredOutcome },
        .word("status") { $0.record.status },
        .instant("received_at") { $0.record.receivedAt },
        .instant("resolved_at") { $0.record.resolvedAt },
        .instant("closed_at") { $0.record.closedAt },
        .objectOrNull("estimate", of: Estimate.shown, schema: .named("ToldEstimate")) { $0.record.fields.estimate },
        .instant("next_due_at", "When the desk is next to be in touch.") { $0.nextDueAt },
        .objects("promises", "What was promised to them, oldest first.", of: Item.shown) { $0.promises },
    ]
}

extension CustomerPage.Item {
    fileprivate static let shown: [Shown<CustomerPage.Item>] = [
        .id("id") { $0.promise.id },
        .word("kind") { $0.promise.kind },
        .text("what") { $0.promise.what },
        .wordOrNull("channel") { $0.promise.channel },
        .text("next_step") { $0.promise.nextStep },
        .instant("made_at") { $0.promise.madeAt },
        .instant("due_at", "As it stands.") { $0.promise.dueAt },
        .word("state") { $0.state },
        .instant("kept_at") { $0.promise.keptAt },
        .objects("moved", "How the date has moved, and why.", of: CustomerPage.Move.shown) { $0.moves },
    ]
}

extension CustomerPage.Move {
    fileprivate static let shown: [Shown<CustomerPage.Move>] = [
        .instant("from") { $0.from },
        .instant("to") { $0.to },
        .instant("at") { $0.at },
        .text("reason") { $0.reason },
    ]
}
