import Complaints

extension PromiseRequest {
    /// A new promise, wherever one is sent; of the kind `other` unless it says what it is.
    init(_ fields: FieldReader) {
        self.init(fields, kind: .other)
    }

    /// A new promise that is of `kind`, and made `to` somebody, unless it says what it is.
    init(_ fields: FieldReader, kind: PromiseKind, to promisee: Promisee? = nil) {
        self.init(
            kind: fields.optional("kind", .word) ?? kind,
            what: fields.required("what", .text(.narrative), placeholder: ""), due: DueRequest(fields),
            owner: fields.optional("owner", .text(.name)), channel: fields.optional("channel", .word),
            nextStep: fields.optional("next_step", .text(.narrative)), by: fields.optional("by", .word) ?? .desk,
            to: fields.optional("to", .word) ?? promisee,
            customerNotified: fields.optional(object: "customer_notified", NoticeRequest.init(_:)),
            concession: fields.optional("concession", .integer))
        fields.readOnly(PromiseView.shown.names())
    }
}

extension AddPromiseRequest {
    /// The body of `POST /v1/cases/{id}/promises`.
    init(_ fields: FieldReader) {
        self.init(PromiseRequest(fields), keeps: fields.optional("keeps", .integer))
    }
}

extension DueRequest {
    /// Exactly one of `due_at`, `due_in` and `due_in_business`.
    init(_ fields: FieldReader) {
        let names = ["due_at", "due_in", "due_in_business"].filter(fields.has)
        let all: [DueRequest?] = [
            fields.optional("due_at", .instant).map(DueRequest.at),
            fields.optional("due_in", .duration).map(DueRequest.after),
            fields.optional("due_in_business", .text(.name)).map(DueRequest.afterBusiness),
        ]
        if names.isEmpty {
            fields.reportMissing("due_at", "must be given, or due_in.")
        }
        for name in names.dropFirst() {
            fields.issue(name, .conflictingFields, "must be left out beside \(names[0]): give exactly one due.")
        }
        self = names.count == 1 ? all.compactMap(\.self).first ?? .unreadable : .unreadable
    }
}

extension NoticeRequest {
    static let placeholder = NoticeRequest(channel: .other, outcome: .attempted)

    /// `{"channel", "outcome", "at"}`.
    init(_ fields: FieldReader) {
        self.init(
            channel: fields.required("channel", .word, placeholder: .other),
            outcome: fields.required("outcome", .word, placeholder: .attempted),
            at: fields.past("at"))
    }
}
