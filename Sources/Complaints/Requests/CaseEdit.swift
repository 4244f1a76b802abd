/// A JSON Merge Patch (RFC 7396) of a case: nil leaves a field as it is; `.some(nil)` takes its value away.
public struct CaseEdit: Sendable, Hashable {
    /// Unique among cases: the store refuses one that another case has.
    public var externalID: String??
    /// At most `Limits.subject` long.
    public var subject: String??
    /// Cannot be taken away: every complaint came in some way.
    public var channel: Channel?
    /// A word never seen before is a new category.
    public var category: String??
    /// All of them: a merge patch replaces arrays as a whole. An empty list takes them away.
    public var tags: [String]?
    /// Moves no promise already made; later ones are under the new severity's policy.
    public var severity: Severity?
    /// How the customer is now (T10).
    public var mood: Mood?
    /// What would make the customer happy, in their words (T14).
    public var desiredOutcome: String??
    /// Both ends at once.
    public var estimate: Estimate??
    /// The first owner of a case is given to its unsettled promises that have none.
    public var owner: String??
    /// Whose list the case appears on.
    public var team: String??
    /// Who is asked to join (T13).
    public var supervisor: String??
    /// By when the case must be settled, whatever is promised.
    public var hardDeadline: Instant??

    /// An edit that leaves everything as it is.
    public init() {}

    /// `fields` with the edit made.
    func applied(to fields: CaseFields) -> CaseFields {
        var fields = fields
        if let externalID { fields.externalID = externalID }
        if let subject { fields.subject = subject }
        if let channel { fields.channel = channel }
        if let category { fields.category = category }
        if let tags { fields.tags = tags }
        if let severity { fields.severity = severity }
        if let mood { fields.mood = mood }
        if let desiredOutcome { fields.desiredOutcome = desiredOutcome }
        if let estimate { fields.estimate = estimate }
        if let owner { fields.owner = owner }
        if let team { fields.team = team }
        if let supervisor { fields.supervisor = supervisor }
        if let hardDeadline { fields.hardDeadline = hardDeadline }
        return fields
    }
}
