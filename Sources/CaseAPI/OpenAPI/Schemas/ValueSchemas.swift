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
            "EndingCause",
            Schema.words(EndingCause.self).described("Why a promise is given up as the relationship ends.")
        ),
        ("CaseOutcome", Schema.words(CaseOutcome.self).described("How a case ended.")),
        (
            "ReceivedClosed",
            Schema.words(Regime.ReceivedClosed.self).described("Which date is day 0 of what came on a closed one.")
        ),
        (
            "ClockAnchor",
            Schema(["type": "string", "enum": .texts(ClockAnchor.all.map(\.text))]).described("What starts a clock.")
        ),
        ("ClockUnit", Schema.words(ClockUnit.self).described("What a clock counts in.")),
        ("ClockTime", Schema.words(ClockTime.self).described("When on its date a clock is due.")),
        (
            "ClockProduct",
            Schema(["type": "string", "enum": .texts(ClockProduct.all.map(\.text))]).described(
                "What a clock makes: a promise of that kind, or the case's hard_deadline.")
        ),
        (
            "ContactOutcome",
            Schema.words(ContactOutcome.self).described(
                "What came of trying to tell the customer; attempted does not count as told.")
        ),
        ("EventType", Schema.words(EventType.self).described("What happened, as the feed of events calls it.")),
        ("LogKind", Schema.words(LogKind.self).described("What an entry of the log is.")),
        (
            "LogSubject",
            Schema.words(LogSubject.Sort.self).described("What sort of thing something in the log is about.")
        ),
        (
            "WebhookOffReason",
            Schema.words(WebhookOffReason.self).described(
                "Why the service turned a webhook off. gone: its receiver answered 410. failing: something could not be "
                    + "delivered for three days.")
        ),
        (
            "DeliveryStatus",
            Schema.words(DeliveryStatus.self).described(
                "Where a delivery stands. pending: it waits for its turn, or to be tried again. delivered: the receiver "
                    + "took it. failed: it was to be tried once, and was not taken.")
        ),
        (
            "DeliveryFailure",
            Schema.words(DeliveryFailure.self).described(
                "Why there was no answer. address_refused: its address is one that nothing is posted to. unresolved: its name "
                    + "leads to no address. not_connected: nobody takes connections there. timed_out: it took too long. "
                    + "not_trusted: it could not show who it is. broken_off: the connection ended before an answer. failed: "
                    + "anything else, as what is no HTTP.")
        ),
        (
            "Hearer",
            Schema.words(LadderStep.Hearer.self).described(
                "Who hears of a promise by a step of the ladder. owner: whoever is to keep it. supervisor: the case's, for want "
                    + "of one the policy's. manager: any manager.")
        ),
    ]

    private static let promiseStates = """
        Follows from instants alone. open: unsettled, not past due. overdue: unsettled past due. kept: at or before due. \
        kept_late: after due. renegotiated: superseded at or before due. withdrawn: at or \
        before due the customer released us, or the relationship ended. broken: superseded or withdrawn after due, or withdrawn without the customer's release. void: \
        entered by mistake and taken back.
        """
}

extension Schema {
    /// One of the words of a closed set, by the set's name where that has one here.
    static func word<Word: Vocabulary>(of type: Word.Type) -> Schema {
        // Lists have a Sort each, too.
        let name = type == LogSubject.Sort.self ? "LogSubject" : String(describing: type)
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

    /// The same, or a day.
    static let instantOrDay = Schema([
        "anyOf": [["type": "string", "format": "date-time"], ["type": "string", "format": "date"]]
    ])

    /// A day of the calendar by ISO 8601, in the years 0001 to 9999.
    static let date = Schema(["type": "string", "format": "date"])

    /// From when to when, in minutes of a day; a second time that is not after the first is one of the next day.
    static let openInterval = array(Schema(["type": "string", "pattern": .string(clockPattern)]), 2...2)

    private static let clock = "([01][0-9]|2[0-3]):[0-5][0-9]|24:00"
    private static let clockPattern = "^(\(clock))$"

    /// Which time of its date something is due at: a word, or what clocks show.
    static let dueTime = Schema([
        "type": "string",
        "pattern": .string("^(\(DueTime.named.map(\.word).joined(separator: "|"))|\(clock))$"),
    ])

    /// As answers have it: RFC 3339 in UTC; milliseconds only where there are any.
    static let utcInstant = Schema(["type": "string", "format": "date-time", "pattern": .string(utcPattern)])

    private static let utcPattern = #"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{3})?Z$"#

    /// ISO 8601, of weeks, days, hours, minutes and seconds: years and months have no fixed length. What is finer than a
    /// millisecond is dropped.
    static let duration = Schema(["type": "string", "pattern": .string("^\(elapsed)$")])

    private static let elapsed: String = {
        let seconds = #"[0-9]{1,8}(\.[0-9]+)?S"#
        let minutes = "[0-9]{1,6}M(\(seconds))?"
        let time = "T([0-9]{1,6}H(\(minutes)|\(seconds))?|\(minutes)|\(seconds))"
        let days = "[0-9]{1,5}D(\(time))?"
        return "P([0-9]{1,4}W(\(days)|\(time))?|\(days)|\(time))"
    }()

    /// As requests have business time: days, which are open dates, and open time.
    static let businessDuration = Schema(["type": "string", "pattern": .string("^\(business)$")])

    private static let business: String = {
        let seconds = #"[0-9]{1,8}(\.[0-9]+)?S"#
        let minutes = "[0-9]{1,6}M(\(seconds))?"
        let time = "T([0-9]{1,6}H(\(minutes)|\(seconds))?|\(minutes)|\(seconds))"
        return "P([0-9]{1,4}D(\(time))?|\(time))"
    }()

    /// Text by the rule that it is checked with: with something in it that can be seen, without NUL, and without line
    /// breaks where it is one line. Those at its ends are taken as white space all the same. Of a name, what some scripts need of
    /// the characters that nobody sees is taken too.
    static func text(_ rule: TextRule) -> Schema {
        if rule.isLanguage { return language(rule.limit) }
        if rule.isWarningMark { return warningMark(rule.limit) }
        if rule.isLadderStep { return ladderStep(rule.limit) }
        let refused: [ClosedRange<UInt32>] =
            [0...0] + (rule.isLine ? Invisible.lineBreaks : []) + (rule.isVisible ? VisibleName.hidden : [])
        let before = Invisible.all.without(refused)
        return text(rule.limit, "[\(characters(before))]*", first: Invisible.all, without: refused)
    }

    /// A length of time, or hundredths of one.
    private static func warningMark(_ limit: Int) -> Schema {
        Schema([
            "type": "string", "maxLength": .integer(Int64(limit)),
            "pattern": .string("^([1-9][0-9]?%|\(elapsed))$"),
        ])
    }

    /// How far from due, and who hears of it.
    private static func ladderStep(_ limit: Int) -> Schema {
        let hearers = LadderStep.Hearer.allCases.map(\.rawValue).joined(separator: "|")
        return Schema([
            "type": "string", "maxLength": .integer(Int64(limit)),
            "pattern": .string("^-?(\(elapsed)|\(business) in_business) (\(hearers))$"),
        ])
    }

    /// A language tag of BCP 47, but for variants and extensions, which are taken too.
    private static func language(_ limit: Int) -> Schema {
        func either(_ letters: some Sequence<Character>) -> String {
            "[\(letters.map { "\($0)\($0.uppercased())" }.joined())]"
        }
        let pairs = Dictionary(grouping: LanguageTag.registeredPairs, by: \.first).values
            .compactMap { group in group.first?.first.map { either([$0]) + either(group.compactMap(\.last)) } }.sorted()
        let language = "(\(pairs.joined(separator: "|"))|[a-zA-Z]{3})(-[a-zA-Z]{3}){0,3}"
        let rest = "(-[a-zA-Z]{4})?(-([a-zA-Z]{2}|[0-9]{3}))?(-x(-[a-zA-Z0-9]{1,8})+)?"
        return Schema([
            "type": "string", "maxLength": .integer(Int64(limit)), "pattern": .string("^\(language)\(rest)$"),
        ])
    }

    /// The name of somebody who acts: a line without what nobody sees, but for spaces. It is sent in a field of a header, too,
    /// where nothing can stand before it.
    static let actorName = text(
        TextRule.name.limit, first: Invisible.all,
        without: [0...0x1F, 0x7F...0x9F, 0x2028...0x2029] + VisibleName.hidden.filter { $0.lowerBound > 0x9F })

    /// What a query asks for: what is on record from before may be of another form than is taken now.
    static let asked = asked(upTo: TextRule.name.limit)

    /// The same of another length.
    static func asked(upTo limit: Int) -> Schema {
        text(
            limit, "[\(characters(Invisible.whiteSpace))]*", first: [0...0] + Invisible.whiteSpace, without: [0...0])
    }

    /// Text up to a character that is none of `first`, and then of any but some. Classes of characters are spelt out: regular
    /// expressions do not agree on what Unicode calls them.
    private static func text(
        _ limit: Int, _ before: String = "", first: [ClosedRange<UInt32>], without refused: [ClosedRange<UInt32>]
    ) -> Schema {
        let pattern = "^\(before)[^\(characters(first))][^\(characters(refused))]*$"
        return Schema([
            "type": "string", "minLength": 1, "maxLength": .integer(Int64(limit)), "pattern": .string(pattern),
        ])
    }

    /// As a class of a regular expression has them.
    private static func characters(_ ranges: [ClosedRange<UInt32>]) -> String {
        func character(_ value: UInt32) -> String {
            let digits = String(value, radix: 16, uppercase: true)
            // There is no escape for these that all have.
            return value > 0xFFFF
                ? String(Unicode.Scalar(value)!) : "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return ranges.map { range in
            range.count == 1
                ? character(range.lowerBound) : "\(character(range.lowerBound))-\(character(range.upperBound))"
        }.joined()
    }

    /// Any characters but the one that no target may have.
    static let withoutNUL = Schema(["type": "string", "pattern": #"^[^\u0000]*$"#])
    /// The secret of a link.
    static let shareSecret = Schema(["type": "string", "pattern": "^[a-z2-7]{32}$"])
    static let problemCode = named("ProblemCode")
    static let channel = named("Channel")
    static let mood = named("Mood")
}
