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
        let names = CustomerFields.editedFields.map(\.name)
        let sent = names.filter { fields.has($0) }
        let kind = fields.form(Self.forms) {
            if fields.has("id") { return .known }
            return sent == ["external_id"] ? .keyed : .new
        }
        switch kind {
        case .known:
            for name in names where fields.has(refused: name) {
                fields.issue(name, .conflictingFields, "must be left out beside id; PATCH the customer to change it.")
            }
            self = .known(id: fields.required("id", .integer.narrowed(to: .id), placeholder: 0))
        case .keyed:
            for name in ["id"] + names where name != "external_id" { _ = fields.has(refused: name) }
            let key = fields.required("external_id", .text(.name), placeholder: "")
            self = key.isEmpty ? .unreadable : .keyed(externalID: key, nil)
        case .new:
            _ = fields.has(refused: "id")
            var customer = CustomerFields(name: "")
            customer.take(fields, requiring: "name")
            self = customer.externalID.map { .keyed(externalID: $0, customer) } ?? .new(customer)
        }
    }
}
