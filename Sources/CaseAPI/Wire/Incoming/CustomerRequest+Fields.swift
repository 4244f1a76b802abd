import Complaints

extension CustomerRequest {
    private enum Kind {
        case known, keyed, new
    }

    private static let forms = [
        Form(Kind.known, "Known", "One on record."),
        Form(
            Kind.keyed, "Keyed",
            "By their key in another system: one on record, as they are there, or a new one, who needs a name."),
        Form(Kind.new, "Added", "A new one: nobody is matched by name or address."),
    ]

    /// `{"id"}`, `{"external_id"}` with what is known of who has it, or `{"name", "email", "phone"}`.
    init(_ fields: FieldReader) {
        fields.named("CustomerReference", forms: "Customer")
        let names = CustomerFields.editedFields.map(\.name)
        let kind = fields.form(Self.forms) {
            if fields.has("id") { return .known }
            return fields.has("external_id") ? .keyed : .new
        }
        switch kind {
        case .known:
            for name in names + ["update"] where fields.has(refused: name) {
                fields.issue(name, .conflictingFields, "must be left out beside id; PATCH the customer to change it.")
            }
            self = .known(id: fields.required("id", .integer.narrowed(to: .id), placeholder: 0))
        case .keyed:
            _ = fields.has(refused: "id")
            var customer = CustomerFields(name: "")
            customer.take(fields, requiring: "external_id")
            let update = fields.optional(
                "update", .flag,
                "Whether one on record is changed to be as was sent; without it what is another than on record is refused."
            )
            guard let key = customer.externalID else {
                self = .unreadable
                return
            }
            let isAlone = names.allSatisfy { $0 == "external_id" || !fields.has($0) }
            self = .keyed(externalID: key, isAlone ? nil : customer, update: update ?? false)
        case .new:
            _ = fields.has(refused: "id")
            _ = fields.has(refused: "external_id")
            if fields.has(refused: "update") {
                fields.issue(
                    "update", .conflictingFields, "must be left out without external_id: nobody else is known by it.")
            }
            var customer = CustomerFields(name: "")
            customer.take(fields, requiring: "name", without: "external_id")
            self = .new(customer)
        }
    }
}
