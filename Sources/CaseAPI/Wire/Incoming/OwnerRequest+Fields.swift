import Complaints

extension OwnerRequest {
    /// The body of `POST /v1/owners`.
    init(_ fields: FieldReader) {
        fields.named("OwnerRequest")
        var edited = OwnerFields()
        edited.take(fields)
        self.init(
            name: fields.required(
                "name", .actorName,
                "What promises and cases call them; they compare without case. None of \(NobodysName.words), which are "
                    + "nobody's.",
                placeholder: ""), fields: edited)
        fields.readOnly(OwnerRecord.shown.names())
    }
}
