/// The fields of a webhook that can be edited, but for its URL, which may have secrets in it and is not told to the log.
public struct WebhookFields: Sendable, Hashable {
    /// What it is for.
    public var description: String?
    /// The types of events that are posted; none for all.
    public var types: WordSet<EventType>
    /// Only what is about a case or a promise of theirs, or is for them to hear as a stand-in.
    public var owner: String?
    /// Only what is about a case of that team, and digests of those in it.
    public var team: String?
    /// Only what is about a case of one of these; none for all.
    public var severity: WordSet<Severity>
    /// Whether anything is posted.
    public var active: Bool

    /// What is not given may be anything.
    public init(
        description: String? = nil, types: WordSet<EventType> = WordSet(), owner: String? = nil, team: String? = nil,
        severity: WordSet<Severity> = WordSet(), active: Bool = true
    ) {
        self.description = description
        self.types = types
        self.owner = owner
        self.team = team
        self.severity = severity
        self.active = active
    }

    /// Whether something is posted: what is about no case is, where nothing is asked of the case; and that a digest is ready, where
    /// only its owner or their team is asked for.
    public func takes(_ event: WebhookEvent) -> Bool {
        guard !event.imported, types.words.isEmpty || types.words.contains(event.type) else { return false }
        if let owner {
            let owners = [event.caseOwner, event.promiseOwner, event.digestOwner, event.standIn].compactMap {
                $0.map(FoldedName.init)
            }
            guard owners.contains(FoldedName(owner)) else { return false }
        }
        if let team { guard event.team.map(FoldedName.init) == FoldedName(team) else { return false } }
        return severity.words.isEmpty || event.severity.map(severity.words.contains) ?? false
    }
}

extension WebhookFields: EditedRecord {
    /// The objects that some of its fields are of.
    public static let editedGroups = EditedGroup.all(of: editedFields)

    /// What can be edited of a webhook: all of it is of the desk, and no customer's erasure takes it.
    public static let editedFields: [EditedField<WebhookFields>] = [
        EditedField("description", \.description, .text(.subject), .desk, "What it is for."),
        EditedField("types", \.types, .words(EventType.self), .open, "The types of events to post; none for all."),
        EditedField(
            "owner", \.owner, .text(.somebody), .desk,
            "Only what is about a case, or a promise, that is theirs when it is looked at, their digest, and what the clock says to them as "
                + "a stand-in."),
        EditedField(
            "team", \.team, .text(.label), .desk,
            "Only what is about a case that is with that team when it is looked at, and digests of those in it."),
        EditedField(
            "severity", \.severity, .words(Severity.self), .open,
            "Only what is about a case of one of these when it is looked at; none for all."),
        EditedField(
            "active", \.active, .flag, .open,
            "Whether anything is posted. Turned on again, it goes on where it stood: nothing in between is lost."),
    ]
}
