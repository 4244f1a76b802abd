/// A JSON Merge Patch (RFC 7396) of a case: nil leaves a field as it is; `.some(nil)` takes its value away.
public struct CaseEdit: Sendable, Hashable {
    public var externalID: String??
    public var subject: String??
    public var channel: Channel?
    public var category: String??
    public var tags: [String]?
    public var severity: Severity?
    public var mood: Mood?
    public var desiredOutcome: String??
    public var estimate: Estimate??
    public var owner: String??
    public var team: String??
    public var supervisor: String??
    public var hardDeadline: Instant??

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
