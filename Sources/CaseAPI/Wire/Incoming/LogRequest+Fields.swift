import Complaints

extension LogRequest {
    /// The body of `POST /v1/cases/{id}/log`: `kind` decides what else there is.
    init(_ fields: FieldReader) {
        let kinds = LogKind.written.map(\.rawValue).joined(separator: ", ")
        guard fields.has("kind") else {
            fields.reportMissing("kind", "must be one of \(kinds).")
            fields.ignoreTheRest()
            self = .note(text: "")
            return
        }
        switch fields.optional("kind", .word(in: LogKind.written)) {
        case .note: self = .note(text: fields.required("text", .text(.complaint), placeholder: ""))
        case .statement:
            self = .statement(
                text: fields.required("text", .text(.complaint), placeholder: ""),
                saidBy: fields.optional("said_by", .text(.name)))
        case .customerNotified:
            self = .customerNotified(
                NoticeRequest(fields), promiseID: fields.optional("promise_id", .integer),
                text: fields.optional("text", .text(.complaint)))
        default:
            fields.ignoreTheRest()
            self = .note(text: "")
        }
    }
}
