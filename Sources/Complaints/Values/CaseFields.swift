/// The fields of a case that can be edited.
public struct CaseFields: Sendable, Hashable {
    /// The case's key in another system; unique.
    public var externalID: String?
    /// The line the case is known by; nil when nobody gave it one.
    public var subject: String?
    /// The way the complaint came in.
    public var channel: Channel
    /// What the complaint is about, as the desk sorts its cases; nil when it is not sorted.
    public var category: String?
    /// A set: those that compare as one name are there once, as the first was written, in the order they were sent; at most
    /// `Limits.tags`.
    public var tags: [String]
    /// How much hangs on it: decides which `Policy` the case is under.
    public var severity: Severity
    /// How the customer was when last observed (T10).
    public var mood: Mood
    /// What would make the customer happy, in their words (T14); nil until they were asked.
    public var desiredOutcome: String?
    /// Roughly how long the whole will take (T1); nil when the customer was told nothing of it.
    public var estimate: Estimate?
    /// Who handles the case; nil when nobody does yet. The first one also gets its promises that have none.
    public var owner: String?
    /// The team the case is with; nil when it is with none.
    public var team: String?
    /// Who was asked to join (T13); nil when nobody was.
    public var supervisor: String?
    /// By when the case must be settled, whatever is promised; nil when nothing demands it. It never refuses a promise.
    public var hardDeadline: Instant?
    /// The regime whose clocks it runs under, by name, as that is written; nil for none.
    public var regime: String?
    /// Who called for the customer.
    public var contact: Contact

    /// What is not given takes the default of a new case.
    public init(
        externalID: String? = nil, subject: String? = nil, channel: Channel = .other, category: String? = nil,
        tags: [String] = [], severity: Severity = .normal, mood: Mood = .calm, desiredOutcome: String? = nil,
        estimate: Estimate? = nil, owner: String? = nil, team: String? = nil, supervisor: String? = nil,
        hardDeadline: Instant? = nil, regime: String? = nil, contact: Contact = Contact()
    ) {
        self.externalID = externalID
        self.subject = subject
        self.channel = channel
        self.category = category
        self.tags = tags
        self.severity = severity
        self.mood = mood
        self.desiredOutcome = desiredOutcome
        self.estimate = estimate
        self.owner = owner
        self.team = team
        self.supervisor = supervisor
        self.hardDeadline = hardDeadline
        self.regime = regime
        self.contact = contact
    }
}

extension CaseFields: EditedRecord {
    /// The objects that some of its fields are of.
    public static let editedGroups = EditedGroup.all(of: editedFields)

    /// What can be edited of a case. Each is one line here, and beside it: its column with what reads and writes that, and
    /// what shows it.
    public static let editedFields: [EditedField<CaseFields>] = [
        EditedField(
            "external_id", \.externalID, .text(.key), .label, "The case's key in another system; unique.",
            search: .key),
        EditedField(
            "subject", \.subject, .text(.subject), .personal, "The line the case is known by.", search: .text),
        EditedField("channel", \.channel, .open, "The way the complaint came in."),
        EditedField(
            "category", \.category, .text(.name), .label,
            "What the complaint is about. A word never seen before is a new category.",
            search: .text),
        EditedField(
            "tags", \.tags, .texts(.tag, most: Limits.tags), .personal,
            "All of them, each once: they compare as names do, without case.", search: .text),
        EditedField("severity", \.severity, .open, "How much hangs on it: decides the policy."),
        EditedField("mood", \.mood, .open, "How the customer is."),
        EditedField(
            "desired_outcome", \.desiredOutcome, .text(.narrative), .personal,
            "What would make the customer happy, in their words.", search: .text),
        EditedField("estimate", \.estimate, .estimate, .open, "Roughly how long the whole will take."),
        EditedField(
            "owner", \.owner, .text(.somebody), .desk,
            "Who handles the case. The first one is given to its promises that have none, the customer's too.",
            search: .text),
        EditedField("team", \.team, .text(.label), .desk, "The team the case is with."),
        EditedField("supervisor", \.supervisor, .text(.person), .desk, "Who is asked to join."),
        EditedField(
            "hard_deadline", \.hardDeadline, .instant, .open,
            "By when the case must be settled, whatever is promised."),
        EditedField(
            "regime", \.regime, .text(.regime), .desk,
            "The regime whose clocks make its promises, by name; names compare without case. Without it, that of the case's "
                + "policy. GET /v1/regimes has them."),
        EditedField("name", of: contact, \.contact.name, .text(.name), .personal, search: .key),
        EditedField(
            "phone", of: contact, \.contact.phone, .text(.name), .personal, "Not checked to be a number.",
            search: .phone),
        EditedField(
            "email", of: contact, \.contact.email, .text(.name), .personal, "Not checked to be an address.",
            search: .key),
        EditedField(
            "relation", of: contact, \.contact.relation, .text(.name), .personal,
            "What they are to the customer, such as a daughter or a lawyer."),
    ]

    private static let contact = FieldGroup("contact", "Who called for the customer, where they did not themselves.")
}
