import Complaints

/// What a column of a file can be: a field of a new case, under the name it has in the API.
enum ImportField: String, Vocabulary {
    case complaint, subject, channel, category, tags, severity, mood, owner, team, supervisor
    case externalID = "external_id"
    case desiredOutcome = "desired_outcome"
    case estimateFrom = "estimate.from"
    case estimateTo = "estimate.to"
    case receivedAt = "received_at"
    case hardDeadline = "hard_deadline"
    case customerName = "customer.name"
    case customerEmail = "customer.email"
    case customerPhone = "customer.phone"
    case customerExternalID = "customer.external_id"
    case promiseKind = "promise.kind"
    case promiseWhat = "promise.what"
    case promiseOwner = "promise.owner"
    case promiseChannel = "promise.channel"
    case promiseNextStep = "promise.next_step"
    case promiseDueAt = "promise.due_at"
    case promiseDueIn = "promise.due_in"
    case promiseKeptAt = "promise.kept_at"
    case promiseEvidence = "promise.evidence"

    /// Where the domain finds the field.
    var path: FieldPath { FieldPath(rawValue.split(separator: ".").map(String.init)) }
}
