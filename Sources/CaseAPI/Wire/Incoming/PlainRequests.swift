import Complaints

/// Bodies that are no value of the domain's: a reason at most, or a list of others.
enum PlainRequests {
    /// The body of `POST /v1/cases/bulk`.
    static func cases(_ fields: FieldReader) -> [Incoming<CaseRequest>] {
        fields.named("CasesRequest")
        return fields.requests("items", count: BulkRoutes.size, CaseRequest.init(_:))
    }

    /// The body of `close`: why, if anything is to be said.
    static func closing(_ fields: FieldReader) -> String? {
        fields.named("Closing")
        return fields.optional("reason", .text(.narrative))
    }

    /// The body of `erase`: why.
    static func erasure(_ fields: FieldReader) -> String {
        fields.named("CustomerErasure")
        return fields.required(
            "reason", .text(.narrative), "Why; it stays in the logs, so name nobody.", placeholder: "")
    }

    /// The body of `accept`, which has no fields.
    static func acceptance(_ fields: FieldReader) {
        fields.named("Acceptance")
    }

    /// The body of `revoke`, which has no fields.
    static func revocation(_ fields: FieldReader) {
        fields.named("Revocation")
    }
}
