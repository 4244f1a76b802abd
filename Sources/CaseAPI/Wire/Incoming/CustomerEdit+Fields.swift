import Complaints

extension CustomerEdit {
    /// The body of `PATCH /v1/customers/{id}`.
    init(_ fields: FieldReader) {
        fields.named("CustomerEdit")
        self.init()
        externalID = fields.patched("external_id", .text(.name), "Unique among customers.")
        name = fields.replaced("name", .text(.name))
        email = fields.patched("email", .text(.name))
        phone = fields.patched("phone", .text(.name))
        fields.readOnly(CustomerRecord.shown.names())
    }
}
