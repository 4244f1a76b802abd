/// A clock of a regime: how long after what something is due, and what that makes.
public struct RegimeClock: Sendable, Hashable {
    /// What it is called, once in a stage; names compare without case.
    public var name: String
    /// What starts it.
    public var anchor: ClockAnchor
    /// How long it runs.
    public var length: ClockLength
    /// When on its date it is due; nil for hours, which have none.
    public var until: ClockTime?
    /// Whether it begins anew each time that what it made is kept, for as long as the stage is open.
    public var every: Bool
    /// What it makes; nil for one that makes nothing, and only says until when another one need not be met (`insteadOf`).
    public var makes: ClockProduct?
    /// The kinds of promises to the customer that meet it once one is kept; empty: the kind that it makes.
    public var metBy: [PromiseKind]
    /// The clock of the same stage that need not be met where the case is resolved by when this one is due; nil for any other
    /// clock.
    public var insteadOf: String?
    /// By how much it may be extended at most; nil: not at all. What goes further is flagged, never refused.
    public var `extension`: ClockExtension?

    /// A clock as it stands on record.
    public init(
        name: String, anchor: ClockAnchor, length: ClockLength, until: ClockTime? = .endOfDay, every: Bool = false,
        makes: ClockProduct? = nil, metBy: [PromiseKind] = [], insteadOf: String? = nil,
        `extension`: ClockExtension? = nil
    ) {
        self.name = name
        self.anchor = anchor
        self.length = length
        self.until = until
        self.every = every
        self.makes = makes
        self.metBy = metBy
        self.insteadOf = insteadOf
        self.`extension` = `extension`
    }
}

/// What starts a clock of a regime.
public enum ClockAnchor: Sendable, Hashable {
    /// The complaint reached the desk.
    case received
    /// The customer asked for the stage; for the first one, the receipt.
    case stageRequested
    /// The desk recorded that the case is at the stage; for the first one, when it recorded the case.
    case stageOpened
    /// A promise of that kind was kept in the stage, the first one that is.
    case kept(PromiseKind)

    /// As JSON has it: `received`, `stage_requested`, `stage_opened`, `kept:acknowledge`.
    public var text: String {
        switch self {
        case .received: "received"
        case .stageRequested: "stage_requested"
        case .stageOpened: "stage_opened"
        case .kept(let kind): "kept:\(kind.rawValue)"
        }
    }

    /// Every one there is.
    public static let all: [ClockAnchor] =
        [.received, .stageRequested, .stageOpened] + PromiseKind.allCases.map { .kept($0) }

    /// The one that is written so; nil for any other text.
    public init?(_ text: String) {
        guard let anchor = Self.all.first(where: { $0.text.isExactly(text) }) else { return nil }
        self = anchor
    }
}

/// How long a clock runs.
public struct ClockLength: Sendable, Hashable {
    /// How many of the unit; at least 1.
    public var count: Int
    /// Of what.
    public var unit: ClockUnit

    /// A length of time.
    public init(_ count: Int, _ unit: ClockUnit) {
        self.count = count
        self.unit = unit
    }
}

/// What a clock counts in.
public enum ClockUnit: String, Vocabulary {
    /// Elapsed time, whatever the clocks show.
    case hours
    /// Dates of the calendar's zone.
    case days
    /// Seven of these.
    case weeks
    /// To the same day of a later month, or to its last one where it has none of that number.
    case months
    /// Dates that the regime's calendar has open.
    case businessDays = "business_days"
}

/// When on its date a clock is due.
public enum ClockTime: String, Vocabulary {
    /// The time at which it began, by the clocks of the calendar's zone.
    case sameTime = "same_time"
    /// The end of that date's last hours; 24:00 of one that is closed.
    case close
    /// 24:00.
    case endOfDay = "end_of_day"
}

/// What a clock makes.
public enum ClockProduct: Sendable, Hashable {
    /// A promise to the customer of that kind.
    case promise(PromiseKind)
    /// The case's `hard_deadline`.
    case hardDeadline

    /// As JSON has it: a promise's kind, or `hard_deadline`.
    public var text: String {
        switch self {
        case .promise(let kind): kind.rawValue
        case .hardDeadline: "hard_deadline"
        }
    }

    /// Every one there is.
    public static let all: [ClockProduct] = PromiseKind.allCases.map { .promise($0) } + [.hardDeadline]

    /// The one that is written so; nil for any other text.
    public init?(_ text: String) {
        guard let product = Self.all.first(where: { $0.text.isExactly(text) }) else { return nil }
        self = product
    }
}

/// By how much a clock may be extended at most.
public struct ClockExtension: Sendable, Hashable {
    /// How long.
    public var length: ClockLength
    /// From when that counts.
    public var from: Start

    /// An extension as it stands on record.
    public init(_ length: ClockLength, from: Start) {
        self.length = length
        self.from = from
    }

    /// From when an extension counts.
    public enum Start: String, Vocabulary {
        /// From what started the clock: the whole is as long as that.
        case anchor
        /// From when it was due.
        case due
    }
}
