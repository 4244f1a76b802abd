import Complaints

extension CustomerRequest {
    private enum Kind {
        case known, keyed, new
    }

    private static let forms = [
        Form(Kind.known, "Known", "One on record."),
        Form(Kind.keyed, "Keyed", "One on record, by their key in another system."),
        Form(Kind.new, "Added", "A new one: nobody is matched by name or address."),
    ]

    /// `{"id"}`, `{"external_id"}` with what is needed should it be new, or `{"name", "email", "phone"}`.
    init(_ fields: FieldReader) {
        fields.named("CustomerReference", forms: "Customer")
        let kind = fields.form(Self.forms) {
            if fields.has("id") { return .known }
            let isNew = !fields.has("external_id") || fields.has("name") || fields.has("email") || fields.has("phone")
            return isNew ? .new : .keyed
        }
        switch kind {
        case .known:
            for name in ["external_id", "name", "email", "phone"] where fields.has(name) {
                fields.issue(name, .conflictingFields, "must be left out beside id; PATCH the customer to change it.")
            }
            self = .known(id: fields.required("id", .integer.narrowed(to: .id), placeholder: 0))
        case .keyed:
            let key = fields.required("external_id", .text(.name), placeholder: "")
            self = key.isEmpty ? .unreadable : .keyed(externalID: key, nil)
        case .new:
            let externalID = fields.optional(
                "external_id", .text(.name),
                "Where somebody has this key already, it is them, as they are on record.")
            let customer = NewCustomer(
                name: fields.required("name", .text(.name), placeholder: ""),
                email: fields.optional("email", .text(.name), "Not checked to be an address."),
                phone: fields.optional("phone", .text(.name), "Not checked to be a number."))
            self = externalID.map { .keyed(externalID: $0, customer) } ?? .new(customer)
        }
    }
}
