/// The fields of a customer that can be edited.
public struct CustomerFields: Sendable, Hashable {
    /// The customer's key in another system; unique.
    public var externalID: String?
    /// As the desk addresses them; several customers may share it.
    public var name: String
    /// Not checked to be an address; nil when unknown.
    public var email: String?
    /// Not checked to be a number; nil when unknown.
    public var phone: String?

    /// The language to speak and write to them in, as a tag of BCP 47; nil when unknown.
    public var language: String?
    /// What to mind with them, such as that they hear badly: a set, as tags of a case are.
    public var needs: [String]
    /// Whether they are to be treated with particular care, as they may come to harm more easily than others.
    public var vulnerable: Bool
    /// Why; nil where nobody wrote it down.
    public var vulnerableReason: String?

    /// A customer of whom the rest is not known.
    public init(
        name: String, email: String? = nil, phone: String? = nil, externalID: String? = nil, language: String? = nil,
        needs: [String] = [], vulnerable: Bool = false, vulnerableReason: String? = nil
    ) {
        self.externalID = externalID
        self.name = name
        self.email = email
        self.phone = phone
        self.language = language
        self.needs = needs
        self.vulnerable = vulnerable
        self.vulnerableReason = vulnerableReason
    }

    /// The same as a field of which there is a value only where they are: that somebody is not is what goes without saying.
    public var vulnerableIfSo: Bool? {
        get { vulnerable ? true : nil }
        set { vulnerable = newValue ?? false }
    }
}

extension CustomerFields {
    /// Takes what is not known of them from another record of the same person, and what is to be minded from both; not a key,
    /// which is one record's alone.
    package mutating func complete(from other: CustomerFields) {
        for field in Self.editedFields where field.value(self) == nil && !field.isAt(\.externalID) {
            if let value = field.value(other) { field.set(value, in: &self) }
        }
        needs += other.needs.filter { need in !needs.contains { $0.isExactly(need) } }
    }
}

extension CustomerFields: EditedRecord {
    /// The objects that some of its fields are of.
    public static let editedGroups = EditedGroup.all(of: editedFields)

    /// What can be edited of a customer: an erasure takes all of it.
    public static let editedFields: [EditedField<CustomerFields>] = [
        EditedField(
            "external_id", \.externalID, .text(.key), .personal,
            "Unique: where somebody has it already, a new case is theirs, as they are on record.", search: .key),
        EditedField("name", \.name, .text(.name), .personal, search: .key),
        EditedField("email", \.email, .text(.name), .personal, "Not checked to be an address.", search: .key),
        EditedField("phone", \.phone, .text(.name), .personal, "Not checked to be a number.", search: .phone),
        EditedField(
            "language", \.language, .text(.language), .personal,
            "To speak and write to them in: a language tag of BCP 47, such as de or pt-BR."),
        EditedField(
            "needs", \.needs, .texts(.tag, most: Limits.tags), .personal,
            "What to mind with them, such as that they hear badly: all of it, each once."),
        EditedField(
            "vulnerable", \.vulnerableIfSo, .flag, .personal,
            "Whether they are to be treated with particular care; without it, false."),
        EditedField(
            "vulnerable_reason", \.vulnerableReason, .text(.narrative), .personal, "Why they are, for the desk alone."),
    ]
}
