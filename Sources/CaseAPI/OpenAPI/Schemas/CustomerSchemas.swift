/// Customers and policies.
enum CustomerSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Customer", .object(answered)), ("CustomerEdit", .object(edited)),
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
        ]

    private static let edited: [Field] = [
        .sometimes("name", .name), .optional("email", .name), .optional("phone", .name),
        .optional("external_id", .name, "Unique among customers."),
    ]
}
