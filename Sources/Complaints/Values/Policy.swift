/// What the desk has decided for some of its cases: which ones its rule says. Changing it moves no promise already made.
public struct Policy: Sendable, Hashable {
    /// What the log numbers it with: `Severity.number` for those of the severities.
    public let id: Int64
    /// As it was given first. Names compare without case, and this one is never edited.
    public let name: String
    /// Whose it is where no rule before it fits, and by which it is named; nil for any other. Each severity has its own.
    public let severity: Severity?
    /// Which cases it is for.
    public var rule: PolicyRule
    /// How soon after its receipt a case without a promise of its own is acknowledged (T1).
    public var acknowledgeIn: ElapsedTime
    /// The same in business time, which goes before it where the calendar of the case's team can tell; nil: not so. As with each
    /// of those below.
    public var acknowledgeInBusiness: BusinessSpan?
    /// How far off the next word to the customer may be promised without a warning (T1).
    public var updateIn: ElapsedTime
    /// The same in business time.
    public var updateInBusiness: BusinessSpan?
    /// How far off a remedy may be promised without a warning (T1).
    public var remedyIn: ElapsedTime
    /// The same in business time.
    public var remedyInBusiness: BusinessSpan?
    /// How long before its due instant a promise counts as due soon (T3).
    public var warnAhead: ElapsedTime
    /// When a promise's owner is warned, each as `WarningMark` reads it; none: once, `warnAhead` before it is due.
    public var warnAt: [String]
    /// Who hears when of a promise that is unsettled still, each as `LadderStep` reads it (T3, T13).
    public var ladder: [String]
    /// How far off a promise may lie.
    public var maxSpan: ElapsedTime
    /// What an agent may give away in a case, all its concessions together; what is more, or in another currency, waits for
    /// a manager (T15).
    public var concessionLimit: Money
    /// From how many open promises due on one day on an owner is warned about as having too many (T4).
    public var loadCap: Int
    /// From which mood on a supervisor is asked to join by itself (T13); nil: never because of the mood.
    public var escalateMood: Mood?
    /// From how many broken promises of a case on a supervisor is asked to join by itself (T13).
    public var escalateAfter: Int
    /// From how many slips of a promise's date on a supervisor is asked to join by itself (T3, T13).
    public var escalateAfterSlips: Int
    /// Who is asked; nil: the case's supervisor, if it has one.
    public var supervisor: String?
    /// How long after a resolution the customer is asked how it went (T21); nil: not by itself.
    public var followUpIn: ElapsedTime?
    /// The same in business time.
    public var followUpInBusiness: BusinessSpan?
    /// The regime that its cases are under which name none themselves, by name; nil: none.
    public var regime: String?
    /// What business time is counted on where it is held against a case: the calendar of that case's team, as whoever reads the
    /// policy for it has found it; nil where there is none. It is no part of the policy's record.
    public var calendar: DeskCalendar?
    /// When it was last edited; until then, when it was made, or the database was.
    public var updatedAt: Instant
    /// 1, and one more with every change.
    public var version: Int64

    /// A policy as it stands on record.
    public init(
        id: Int64, name: String, severity: Severity? = nil, rule: PolicyRule, acknowledgeIn: ElapsedTime,
        acknowledgeInBusiness: BusinessSpan? = nil, updateIn: ElapsedTime = .days(7),
        updateInBusiness: BusinessSpan? = nil, remedyIn: ElapsedTime = .days(30), remedyInBusiness: BusinessSpan? = nil,
        warnAhead: ElapsedTime, warnAt: [String] = [], ladder: [String] = [], maxSpan: ElapsedTime,
        concessionLimit: Money = Money(amount: 10_000, currency: .usDollar), loadCap: Int = 10,
        escalateMood: Mood? = .abusive, escalateAfter: Int = 2, escalateAfterSlips: Int = 3,
        supervisor: String? = nil, followUpIn: ElapsedTime? = nil, followUpInBusiness: BusinessSpan? = nil,
        regime: String? = nil, updatedAt: Instant, version: Int64
    ) {
        self.id = id
        self.name = name
        self.severity = severity
        self.rule = rule
        self.acknowledgeIn = acknowledgeIn
        self.acknowledgeInBusiness = acknowledgeInBusiness
        self.updateIn = updateIn
        self.updateInBusiness = updateInBusiness
        self.remedyIn = remedyIn
        self.remedyInBusiness = remedyInBusiness
        self.warnAhead = warnAhead
        self.warnAt = warnAt
        self.ladder = ladder
        self.maxSpan = maxSpan
        self.concessionLimit = concessionLimit
        self.loadCap = loadCap
        self.escalateMood = escalateMood
        self.escalateAfter = escalateAfter
        self.escalateAfterSlips = escalateAfterSlips
        self.supervisor = supervisor
        self.followUpIn = followUpIn
        self.followUpInBusiness = followUpInBusiness
        self.regime = regime
        self.updatedAt = updatedAt
        self.version = version
    }

    /// A policy that nobody has said anything of yet: as that of the severity `normal` is in a new database.
    package init(id: Int64 = 0, name: String = "", rule: PolicyRule = PolicyRule(), madeAt now: Instant = .earliest) {
        self.init(
            id: id, name: name, rule: rule, acknowledgeIn: .days(2), warnAhead: .hours(8), maxSpan: .days(90),
            updatedAt: now, version: 1)
    }

    /// The name under which nothing is asked of one policy.
    public static let reservedName = "preview"

    /// What a default promise says.
    public static let acknowledgement = "Acknowledge the complaint and say what happens next"

    /// What is promised when somebody will not go on now and says nothing else (T12).
    public static let callback = "Get back to the customer; a supervisor can join if they want one"

    /// What is promised after a resolution (T21).
    public static let followUp = "Ask the customer whether all is well"
}

extension Policy: EditedRecord {
    private static let span = FieldType.span(Limits.shortestSpan...Limits.longestMaxSpan)
    private static let businessSpan = FieldType.businessSpan(Limits.shortestSpan...Limits.longestMaxSpan)

    /// What a field for business time means, beside that for elapsed time.
    private static func inBusinessTime(_ field: String) -> String {
        "The same in business time, on the calendar of the case's team, or the one called default: PT4H is open time, P2D the "
            + "second open date after, at its close. It goes before \(field), which holds where there is no calendar, or none "
            + "that has so much open time within max_span; null: \(field) alone."
    }

    /// The objects that some of its fields are of.
    public static let editedGroups = EditedGroup.all(of: editedFields)

    /// What can be edited of a policy.
    public static let editedFields: [EditedField<Policy>] = [
        EditedField(
            "acknowledge_in", \.acknowledgeIn, span, .open,
            "How soon after its receipt a case is acknowledged that has no promise of its own, or none that is due by "
                + "then. Not longer than max_span."),
        EditedField(
            "acknowledge_in_business", \.acknowledgeInBusiness, businessSpan, .open, inBusinessTime("acknowledge_in")),
        EditedField(
            "update_in", \.updateIn, span, .open,
            "From further off on whoever promises the next word to a customer is warned (far_off)."),
        EditedField("update_in_business", \.updateInBusiness, businessSpan, .open, inBusinessTime("update_in")),
        EditedField(
            "remedy_in", \.remedyIn, span, .open, "From further off on whoever promises a remedy is warned (far_off)."),
        EditedField("remedy_in_business", \.remedyInBusiness, businessSpan, .open, inBusinessTime("remedy_in")),
        EditedField(
            "warn_ahead", \.warnAhead, span, .open,
            "How long before its due instant a promise counts as due soon (due_soon). Where warn_at has none, its owner is "
                + "warned then, once."),
        EditedField(
            "warn_at", \.warnAt, .texts(.warningMark, most: Limits.warnings), .open,
            "When the owner of a promise is warned (promise.due_soon): so long before it is due (PT8H), or once so much of its "
                + "time has passed (75%). Fixed when the promise is made. Without any, once, as warn_ahead says."
        ),
        EditedField(
            "ladder", \.ladder, .texts(.ladderStep, most: Limits.ladder), .open,
            "Who hears when of a promise that is unsettled still (promise.escalated, and the queue): how far before or after due, "
                + "and owner, supervisor or manager, such as -PT2H owner, PT0S supervisor, P1D in_business manager. Fixed when "
                + "the promise is made."),
        EditedField("max_span", \.maxSpan, span, .open, "How far off a promise may lie."),
        EditedField(
            "concession_limit", \.concessionLimit.amount, .amount, .open,
            "What an agent may give away in a case, in all, in minor units (550 is 5.50); what is more, or in another "
                + "currency, waits for a manager."),
        EditedField(
            "concession_currency", \.concessionLimit.currency, .currency, .open, "Of concession_limit."),
        EditedField(
            "load_cap", \.loadCap, .integer(Limits.loadCap), .open,
            "From more promises due on one day on, whoever makes one for that owner is warned."),
        EditedField(
            "escalate_mood", \.escalateMood, .open,
            "From this mood on a supervisor is asked to join by itself; null: never because of it."),
        EditedField(
            "escalate_after", \.escalateAfter, .integer(Limits.escalateAfter), .open,
            "From so many broken promises of a case on, those of its duplicates among them, a supervisor is asked to join by itself."
        ),
        EditedField(
            "escalate_after_slips", \.escalateAfterSlips, .integer(Limits.escalateAfter), .open,
            "From so many slips of a promise's date on a supervisor is asked to join by itself."),
        EditedField(
            "supervisor", \.supervisor, .text(.person), .desk,
            "Who is asked then; null: the case's own supervisor, if it has one."),
        EditedField(
            "follow_up_in", \.followUpIn, span, .open,
            "How long after a resolution the customer is asked how it went; null: not by itself. Not longer than "
                + "max_span."),
        EditedField(
            "follow_up_in_business", \.followUpInBusiness, businessSpan, .open, inBusinessTime("follow_up_in")),
        EditedField(
            "regime", \.regime, .text(.regime), .desk,
            "The regime that a case gets as it is opened which names none itself, by name; null: none. GET /v1/regimes has "
                + "them."),
    ]
}
