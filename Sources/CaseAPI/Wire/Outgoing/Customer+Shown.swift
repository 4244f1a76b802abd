import Complaints

extension Customer {
    /// What a case shows of its customer.
    static let known: [Shown<Customer>] =
        [
            .id("id") { $0.id },
            .text("name") { $0.fields.name },
            .text("email") { $0.fields.email },
            .text("phone") { $0.fields.phone },
            .text("external_id", "The customer's key in another system; unique.") { $0.fields.externalID },
        ] + minded + [
            .text("vulnerable_reason", "Why they are to be treated with particular care.") {
                $0.fields.vulnerableReason
            }
        ]

    /// Whom to call, and where.
    static let called: [Shown<Customer>] =
        [
            .id("id") { $0.id },
            .text("name") { $0.fields.name },
            .text("phone") { $0.fields.phone },
            .text("email") { $0.fields.email },
        ] + minded

    /// What whoever speaks or writes to them has to know.
    private static let minded: [Shown<Customer>] = [
        .text("language", "To speak and write to them in, as a tag of BCP 47.") { $0.fields.language },
        .value("needs", .array(.text, 0...Limits.tags), "What to mind with them.") { $0.fields.needs },
        .flag("vulnerable", "Whether they are to be treated with particular care.") { $0.fields.vulnerable },
    ]

    /// A customer as an item of a list.
    static let shown: [Shown<Customer>] =
        known + [
            .count("version", "1, and one more with every change.") { $0.version },
            .instant("recorded_at", "When the service was told of them.") { $0.recordedAt },
            .instant("updated_at", "When a field of theirs last changed.") { $0.updatedAt },
            .instant("erased_at", "When all that is personal was erased.") { $0.erasedAt },
        ]
}

extension CustomerRecord {
    /// A customer as a resource of its own, with what follows from all of their cases: lists do without, as it costs a
    /// look at each of these.
    static let shown: [Shown<CustomerRecord>] =
        .of(Customer.shown) { $0.customer } + [
            .id("merged_into", "Who they turned out to be: the customer in whom they are seen.") {
                $0.customer.mergedInto
            },
            .instant("merged_at", "Since when.") { $0.customer.mergedAt },
            .objectOrNull(
                "relationship", "What was last decided about going on with them.", of: DecidedRelationship.shown,
                schema: .named("DecidedRelationship")
            ) {
                DecidedRelationship($0)
            },
            .object("cases", "How many of theirs stand in each status.", of: cases) { $0 },
            .count("unsettled_promises", "To them, in all cases.") { $0.unsettledPromises },
            .flag(
                "ever_broken",
                "Whether a promise to them was once on record as unsettled past its due instant, or was given up without "
                    + "their release, in any case."
            ) { $0.everBroken },
        ]

    private static let cases: [Shown<CustomerRecord>] = [
        .count("open") { $0.openCases },
        .count("resolved") { $0.resolvedCases },
        .count("closed") { $0.closedCases },
    ]
}

/// What was last decided about going on with a customer, and where.
struct DecidedRelationship {
    let record: RelationshipDecision
    let decision: CustomerRecord.Decision

    init?(_ customer: CustomerRecord) {
        guard let record = customer.customer.relationship, let decision = customer.decision else { return nil }
        self.record = record
        self.decision = decision
    }

    static let shown: [Shown<DecidedRelationship>] = [
        .word("decision") { $0.record.decision },
        .instant("decided_at") { $0.record.recordedAt },
        .id("case_id", "In which it was decided.") { $0.decision.caseID },
        .text("reason") { $0.decision.reason },
    ]
}

extension ListForm<Customer> {
    static let customers = ListForm(ItemForm(Customer.shown))
}

extension ItemForm<CustomerRecord> {
    static let customerRecord = ItemForm(CustomerRecord.shown)
}
