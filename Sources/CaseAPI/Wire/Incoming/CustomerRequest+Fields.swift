import Complaints

extension CustomerRequest {
    /// `{"id"}`, `{"external_id"}` with what is needed should it be new, or `{"name", "email", "phone"}`.
    init(_ fields: FieldReader) {
        let others = ["external_id", "name", "email", "phone"]
        if fields.has("id") {
            for name in others where fields.has(name) {
                fields.issue(name, .conflictingFields, "must be left out beside id; PATCH the customer to change it.")
            }
            self = .known(id: fields.required("id", .integer, placeholder: 0))
            return
        }
        let externalID = fields.optional("external_id", .text(.name))
        let isNew = !fields.has("external_id") || fields.has("name") || fields.has("email") || fields.has("phone")
        guard isNew else {
            self = externalID.map { .keyed(externalID: $0, nil) } ?? .unreadable
            return
        }
        let customer = NewCustomer(
            name: fields.required("name", .text(.name), placeholder: ""),
            email: fields.optional("email", .text(.name)), phone: fields.optional("phone", .text(.name)))
        self = externalID.map { .keyed(externalID: $0, customer) } ?? .new(customer)
    }
}
