/// Customers and policies.
enum CustomerSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Customer", .object(answered)), ("CustomerRecord", .object(answered + fromCases)),
        ("CustomerEdit", .object(edited)),
        ("CustomerErasure", .object([.always("reason", .narrative, "Why; it stays in the logs, so name nobody.")])),
    ]

    /// What a case shows of its customer.
    static let shown: [Field] = [
        .always("id", .id), .always("name", .text),
        .nullable("email", .text), .nullable("phone", .text),
        .nullable("external_id", .text, "The customer's key in another system; unique."),
    ]

    private static let answered: [Field] =
        shown + [
            .always("version", .count, "1, and one more with every change."),
            .always("recorded_at", .utcInstant, "When the service was told of them."),
            .always("updated_at", .utcInstant, "When a field of theirs last changed."),
            .nullable("erased_at", .utcInstant, "When all that is personal was erased."),
        ]

    /// What follows from all of their cases; lists do without, as it costs a look at each of these.
    private static let fromCases: [Field] = [
        .nullable("relationship", .object(relationship), "What was last decided about going on with them."),
        .always(
            "cases", .object([.always("open", .count), .always("resolved", .count), .always("closed", .count)]),
            "How many of theirs stand in each status."),
        .always("unsettled_promises", .count, "To them, in all cases."),
        .always(
            "ever_broken", .flag, "Whether a promise to them was ever unsettled past its due instant, in any case."),
    ]

    private static let relationship: [Field] = [
        .always("decision", .named("Relationship")), .always("decided_at", .utcInstant),
        .always("case_id", .id, "In which it was decided."), .nullable("reason", .text),
    ]

    private static let edited: [Field] = [
        .sometimes("name", .name), .optional("email", .name), .optional("phone", .name),
        .optional("external_id", .name, "Unique among customers."),
    ]
}
