import Complaints

/// What single values look like. The bounds are those that requests are checked against.
enum ValueSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Channel", Schema.words(Channel.self).described("The way a customer and the desk talk.")),
        ("Severity", Schema.words(Severity.self).described("How much hangs on a case; each has its policy.")),
        (
            "Mood",
            Schema.words(Mood.self).described(
                "How the customer is. abusive means personal attack or threat, not swearing or venting.")
        ),
        ("MoodTrend", Schema.words(MoodTrend.self).described("Where the mood is going.")),
        ("ThreatKind", Schema.words(ThreatKind.self).described("What a customer threatens with.")),
        ("ThreatVerdict", Schema.words(ThreatVerdict.self).described("What came of looking into a threat.")),
        ("Relationship", Schema.words(Relationship.self).described("Whether the desk goes on with a customer.")),
        ("Currency", Schema(["type": "string", "enum": .texts(Currency.allCodes)]).described("By ISO 4217.")),
        ("ProblemCode", Schema.words(ProblemKind.self).described("What is wrong, for programs.")),
        ("CaseStatus", Schema.words(CaseStatus.self).described("Where a case stands.")),
        ("PromiseKind", Schema.words(PromiseKind.self).described("What a promise is about.")),
        ("PromiseState", Schema.words(PromiseState.self).described(promiseStates)),
        ("Promiser", Schema.words(Promiser.self).described("Who made a promise.")),
        ("Promisee", Schema.words(Promisee.self).described("To whom a promise was made.")),
        (
            "ContactOutcome",
            Schema.words(ContactOutcome.self).described(
                "What came of trying to tell the customer; attempted does not count as told.")
        ),
    ]

    private static let promiseStates = """
        Follows from instants alone. open: unsettled, not past due. overdue: unsettled past due. kept: at or before due. \
        kept_late: after due. renegotiated: superseded at or before due. withdrawn: the customer released us, at or \
        before due. broken: superseded or withdrawn after due, or withdrawn without the customer's release. void: \
        entered by mistake and taken back.
        """
}

extension Schema {
    /// One of the words of a closed set, by the set's name where that has one here.
    static func word<Word: Vocabulary>(of type: Word.Type) -> Schema {
        let name = String(describing: type)
        return ValueSchemas.all.contains { $0.name == name } ? .named(name) : .words(type)
    }

    /// A share of a whole.
    static let rate = Schema(["type": "number", "minimum": 0, "maximum": 1])

    // Plain values are spelt out wherever they are, as no reference has room for what a field means.

    /// Given by the service; never used again.
    static let id = integer(1 ... .max)

    /// As requests have it: RFC 3339, with its offset from UTC, in the years 0001 to 9999; digits past the millisecond are
    /// dropped.
    static let instant = Schema(["type": "string", "format": "date-time"])

    /// As answers have it: RFC 3339 in UTC; milliseconds only where there are any.
    static let utcInstant = Schema(["type": "string", "format": "date-time", "pattern": .string(utcPattern)])

    private static let utcPattern = #"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{3})?Z$"#

    /// ISO 8601, of weeks, days, hours, minutes and seconds: years and months have no fixed length.
    static let duration = Schema(["type": "string", "pattern": .string(durationPattern)])

    private static let durationPattern: String = {
        let seconds = #"[0-9]{1,8}(\.[0-9]{1,3})?S"#
        let minutes = "[0-9]{1,6}M(\(seconds))?"
        let time = "T([0-9]{1,6}H(\(minutes)|\(seconds))?|\(minutes)|\(seconds))"
        let days = "[0-9]{1,5}D(\(time))?"
        return "^P([0-9]{1,4}W(\(days)|\(time))?|\(days)|\(time))$"
    }()

    static let name = text(.name)

    /// Text by the rule that it is checked with: at least one character that is no white space, and no NUL. The class is
    /// Unicode's White_Space, which regular expressions do not agree on.
    static func text(_ rule: TextRule) -> Schema {
        let space = #"\u0009-\u000D \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"#
        return Schema([
            "type": "string", "minLength": 1, "maxLength": .integer(Int64(rule.limit)),
            "pattern": #"^[\#(space)]*[^\u0000\#(space)][^\u0000]*$"#,
        ])
    }

    /// Any characters but the one that no target may have.
    static let withoutNUL = Schema(["type": "string", "pattern": #"^[^\u0000]*$"#])
    static let problemCode = named("ProblemCode")
    static let channel = named("Channel")
    static let severity = named("Severity")
    static let mood = named("Mood")
}
