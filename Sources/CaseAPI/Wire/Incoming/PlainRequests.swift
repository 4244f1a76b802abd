import CaseStore
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

    /// The body of `POST /v1/log/epoch`: that of another service.
    static func epoch(_ fields: FieldReader) -> EpochNews {
        fields.named("EpochNews")
        return EpochNews(
            epoch: fields.required(
                "epoch", .integer(in: Epochs.numbers), "That of the other service, as its /v1/log/head has it.",
                placeholder: 1),
            record: fields.optional(
                "record", .text(.key),
                "As its /v1/log/head has it: where this service has another record, it is refused."))
    }

    /// The body of `erase`: why.
    static func erasure(_ fields: FieldReader) -> String {
        fields.named("CustomerErasure")
        return fields.required(
            "reason", .text(.narrative), "Why; it stays in the logs, so name nobody.", placeholder: "")
    }

    /// The body of `POST /v1/customers/{id}/merge`: who they are, and why.
    static func merge(_ fields: FieldReader) -> MergeRequest {
        fields.named("CustomerMerge")
        return MergeRequest(
            into: fields.required(
                "into", .integer.narrowed(to: .id), "The customer on record who they turned out to be.", placeholder: 0),
            reason: fields.required(
                "reason", .text(.narrative), "What shows it; it stays in their log.", placeholder: ""))
    }

    /// The body of `DELETE /v1/customers/{id}/merge`, which may be left out.
    static func unmerge(_ fields: FieldReader) -> UnmergeRequest {
        fields.named("CustomerUnmerge")
        return UnmergeRequest(
            into: fields.optional(
                "into", .integer.narrowed(to: .id), "Into whom they were merged, so that nothing else is taken back."),
            reason: fields.optional("reason", .text(.narrative), "What shows it; it stays in their log."))
    }

    /// The body of `accept`, which has no fields.
    static func acceptance(_ fields: FieldReader) {
        fields.named("Acceptance")
    }

    /// The body of `DELETE /v1/webhooks/{id}`, which has no fields.
    static func webhookDeletion(_ fields: FieldReader) {
        fields.named("WebhookDeletion")
    }

    /// The body of `rotate`, which has no fields.
    static func rotation(_ fields: FieldReader) {
        fields.named("Rotation")
    }

    /// The body of `test`, which has no fields.
    static func webhookTest(_ fields: FieldReader) {
        fields.named("WebhookTest")
    }

    /// The body of `redeliver`, which has no fields.
    static func redelivery(_ fields: FieldReader) {
        fields.named("Redelivery")
    }

    /// The body of `DELETE /v1/owners/{name}/absence`, which has no fields.
    static func comingBack(_ fields: FieldReader) {
        fields.named("ComingBack")
    }

    /// The body of `DELETE /v1/cases/{id}/share`, which may be left out: why.
    static func unsharing(_ fields: FieldReader) -> String? {
        fields.named("CaseUnshare")
        return fields.optional("reason", .text(.narrative), "Why; for the log alone.")
    }

    /// The body of `DELETE /v1/tokens/{id}/sessions/{session}`, which has no fields.
    static func sessionEnd(_ fields: FieldReader) {
        fields.named("SessionEnd")
    }

    /// The body of `revoke`, which has no fields.
    static func revocation(_ fields: FieldReader) {
        fields.named("Revocation")
    }
}
