import Complaints

/// Customers, as they are answered and as they are sent.
enum CustomerSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Customer", .object(Customer.shown)), ("CustomerRecord", .object(CustomerRecord.shown)),
        ("CustomerEdit", .object(edited)),
        ("CustomerErasure", .object([.always("reason", .narrative, "Why; it stays in the logs, so name nobody.")])),
    ]

    private static let edited: [Field] = [
        .sometimes("name", .name), .optional("email", .name), .optional("phone", .name),
        .optional("external_id", .name, "Unique among customers."),
    ]
}
