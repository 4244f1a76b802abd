/// Somebody of the desk who keeps promises, as they were named. Whoever only has promises in their name is no row of
/// this kind: `OwnerRecord`.
public struct Owner: Sendable, Hashable {
    /// What the log numbers them with.
    public let id: Int64
    /// As it was given first; names compare without case, and this one is never edited, as promises name it.
    public let name: String
    /// What may be edited.
    public var fields: OwnerFields
    /// When they are away, if it is known.
    public var away: AbsenceFields
    /// When the service was told of them.
    public let recordedAt: Instant
    /// When a field of theirs last changed; `recordedAt` when none has.
    public var updatedAt: Instant
    /// 1, and one more with every change; 0 for whoever was never named, and of whom the log tells all the same.
    public var version: Int64
    /// Whether somebody named them. Else their name may be a mistake that nobody has to know for good.
    public var isNamed: Bool { version > 0 }

    /// An owner as they stand on record.
    public init(
        id: Int64, name: String, fields: OwnerFields = OwnerFields(), away: AbsenceFields = AbsenceFields(),
        recordedAt: Instant, updatedAt: Instant, version: Int64 = 1
    ) {
        self.id = id
        self.name = name
        self.fields = fields
        self.away = away
        self.recordedAt = recordedAt
        self.updatedAt = updatedAt
        self.version = version
    }
}

/// The fields of an owner that can be edited.
public struct OwnerFields: Sendable, Hashable {
    /// Not checked to be an address; nil when unknown.
    public var email: String?
    /// The team they are in; nil when in none.
    public var team: String?
    /// By its name in the IANA database; nil: their calendar's, else the desk's own.
    public var timeZone: String?
    /// Whether they take on anything new.
    public var active: Bool

    /// Somebody of whom the rest is not known.
    public init(email: String? = nil, team: String? = nil, timeZone: String? = nil, active: Bool = true) {
        self.email = email
        self.team = team
        self.timeZone = timeZone
        self.active = active
    }
}

extension OwnerFields: EditedRecord {
    /// The objects that some of its fields are of.
    public static let editedGroups = EditedGroup.all(of: editedFields)

    /// What can be edited of an owner: all of it is of the desk, and no customer's erasure takes it.
    public static let editedFields: [EditedField<OwnerFields>] = [
        EditedField("email", \.email, .text(.name), .desk, "Not checked to be an address."),
        EditedField("team", \.team, .text(.label), .desk, "The team they are in."),
        EditedField(
            "time_zone", \.timeZone, .zone, .open,
            "Whose days their load is counted by, by its name in the IANA database; null: that of the calendar of their team, "
                + "or of the one called default, else the desk's own (--time-zone)."
        ),
        EditedField(
            "active", \.active, .flag, .open,
            "Whether they take on anything new; what is theirs stays theirs until it is handed over."),
    ]
}

/// Who keeps promises, with what they carry: whoever was named, whoever a token acts as, and whoever owns an open case or
/// something unsettled.
public struct OwnerRecord: Sendable, Hashable {
    /// As it was named, else as what they own has it, by the spelling that was written first, else as their token does.
    public let name: String
    /// Nil for whoever neither was named nor had a token, and of whom the log does not tell.
    public let owner: Owner?
    /// The personal tokens that act as them, and were valid then.
    public let tokenIDs: [Int64]
    /// How many cases of theirs are open.
    public let openCases: Int
    /// How many promises to customers they have to keep that are not past due.
    public let open: Int
    /// How many are past due.
    public let overdue: Int
    /// How many unsettled ones are due on today's date where they are.
    public let dueToday: Int
    /// Whether they own any of it, or something that the desk has promised itself.
    public let ownsAnything: Bool
    /// When they are away; nil where they are not to be, and once that is over.
    public let absence: Absence?
    /// Whether they are away on today's date where they are.
    public let isAway: Bool
    /// How many unsettled promises of the desk, to customers and to itself, are theirs and due while they are away.
    public let dueInAbsence: Int

    /// An owner as they stand on record.
    public init(
        name: String, owner: Owner?, tokenIDs: [Int64], openCases: Int, open: Int, overdue: Int, dueToday: Int,
        ownsAnything: Bool, absence: Absence? = nil, isAway: Bool = false, dueInAbsence: Int = 0
    ) {
        self.absence = absence
        self.isAway = isAway
        self.dueInAbsence = dueInAbsence
        self.name = name
        self.owner = owner
        self.tokenIDs = tokenIDs
        self.openCases = openCases
        self.open = open
        self.overdue = overdue
        self.dueToday = dueToday
        self.ownsAnything = ownsAnything
    }

    /// What may be edited of them.
    public var fields: OwnerFields { owner?.fields ?? OwnerFields() }

    /// Whether nothing new is for them to do now: they take on nothing, or are away.
    public var isAbsent: Bool { !fields.active || isAway }

    /// Whether they were named, come with a token of their own, or there is anything that they have to do.
    public var isKnown: Bool { owner?.isNamed ?? false || !tokenIDs.isEmpty || ownsAnything }
}
