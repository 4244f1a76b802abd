import Complaints

/// What a column of a file can be: a field of a new case, under the name it has in the API.
struct ImportField: Hashable, Sendable {
    let name: String

    private init(_ name: String) {
        self.name = name
    }

    static let complaint = ImportField("complaint")
    static let receivedAt = ImportField("received_at")
    static let promiseKind = ImportField("promise.kind")
    static let promiseWhat = ImportField("promise.what")
    static let promiseOwner = ImportField("promise.owner")
    static let promiseChannel = ImportField("promise.channel")
    static let promiseNextStep = ImportField("promise.next_step")
    static let promiseDueAt = ImportField("promise.due_at")
    static let promiseDueIn = ImportField("promise.due_in")
    static let promiseDueInBusiness = ImportField("promise.due_in_business")
    static let promiseKeptAt = ImportField("promise.kept_at")
    static let promiseEvidence = ImportField("promise.evidence")

    /// What can be edited of a case has its own name; of a customer, one that says so.
    static let customerPrefix = "customer."
    static let externalID = ImportField("external_id")
    static let customerName = ImportField(customerPrefix + "name")
    static let customerExternalID = ImportField(customerPrefix + "external_id")
    /// Whether a customer on record is changed to be as a row says.
    static let customerUpdate = ImportField(customerPrefix + "update")

    /// What is due on the day of a date that has no time, and so until its end; of others that is the day's beginning.
    static let deadlines: Set = [promiseDueAt, ImportField("hard_deadline"), ImportField("estimate.to")]

    /// The fields of a value of a record, of which one with two ends has two.
    static func parts<Record>(of field: EditedField<Record>, prefix: String = "") -> [ImportField] {
        let name = prefix + field.place.joined(separator: ".")
        return field.type.parts.map { ImportField($0.isEmpty ? name : "\(name).\($0)") }
    }

    /// Every one, in the order in which they are offered.
    static let all: [ImportField] =
        [complaint] + CaseFields.editedFields.flatMap { parts(of: $0) } + [receivedAt]
        + CustomerFields.editedFields.flatMap { parts(of: $0, prefix: customerPrefix) } + [
            customerUpdate, promiseKind, promiseWhat, promiseOwner, promiseChannel, promiseNextStep, promiseDueAt,
            promiseDueIn, promiseDueInBusiness,
            promiseKeptAt, promiseEvidence,
        ]

    /// Their names, for messages that say what would have been right.
    static var names: String { all.map(\.name).joined(separator: ", ") }

    /// The field of exactly that name; nil when there is none.
    init?(named name: Substring) {
        let wanted = ExactText(name)
        guard let field = Self.all.first(where: { ExactText($0.name) == wanted }) else { return nil }
        self = field
    }

    /// Where the domain finds the field.
    var path: FieldPath { FieldPath(name.split(separator: ".").map(String.init)) }
}
