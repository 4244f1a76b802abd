import Complaints

/// A due in business time that is only asked about.
struct DuePreviewRequest: Sendable {
    /// From when it is counted; nil: now.
    let from: Instant?
    /// Nil where it could not be read.
    let due: BusinessDueRequest?

    /// The body of `POST /v1/calendars/{name}/preview`.
    init(_ fields: FieldReader) {
        let names = BusinessDueRequest.names
        fields.named("DuePreviewRequest", "By when, says exactly one of \(names.joined(separator: ", ")).")
        from = fields.optional("from", .instant, "From when it is counted; without it, as_of, else now.")
        let given = fields.given(exactlyOneOf: names)
        let due = BusinessDueRequest.optional(fields, "from", on: "this calendar")
        if given.isEmpty { fields.reportMissing(names[0], "must be given, or \(names[1]).") }
        if given.count > 1 {
            fields.issue(names[1], .conflictingFields, "must be left out beside \(names[0]): give exactly one due.")
        }
        self.due = given.count == 1 ? due : nil
    }
}
