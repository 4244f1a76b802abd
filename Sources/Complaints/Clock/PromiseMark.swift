/// An instant at which the clock says something of a promise, if that is unsettled still. Fixed when the promise is made.
public struct PromiseMark: Sendable, Hashable {
    /// What it says then, in the order in which it is said at one instant.
    public enum Kind: String, Vocabulary {
        /// That the promise is due soon.
        case dueSoon = "due_soon"
        /// That the promise is brought up to its owner.
        case owner
        /// That it is brought up to the case's supervisor.
        case supervisor
        /// That it is brought up to managers.
        case manager

        /// That a promise is brought up to somebody.
        init(_ hearer: LadderStep.Hearer) {
            self =
                switch hearer {
                case .owner: .owner
                case .supervisor: .supervisor
                case .manager: .manager
                }
        }

        /// Who hears of it where it is a step of the ladder; nil for a warning.
        public var hearer: LadderStep.Hearer? {
            switch self {
            case .dueSoon: nil
            case .owner: .owner
            case .supervisor: .supervisor
            case .manager: .manager
            }
        }
    }

    /// When.
    public let at: Instant
    /// What.
    public let kind: Kind

    /// A mark as it stands on record.
    public init(at: Instant, kind: Kind) {
        self.at = at
        self.kind = kind
    }
}

extension PromiseMark {
    /// As the log says it when the promise is made: when, in RFC 3339, and what.
    package var logged: String { at.rfc3339 + " " + kind.rawValue }

    /// A mark as the log says it; nil where that is none.
    package init?(logged text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let at = try? Instant(rfc3339: parts[0]), let kind = Kind(rawValue: String(parts[1]))
        else { return nil }
        self.init(at: at, kind: kind)
    }
}

extension PromiseMark: Comparable {
    /// By when it is said, then by what.
    public static func < (one: PromiseMark, other: PromiseMark) -> Bool {
        (one.at, one.kind.place) < (other.at, other.kind.place)
    }
}

extension PromiseMark.Kind {
    fileprivate var place: Int {
        switch self {
        case .dueSoon: 0
        case .owner: 1
        case .supervisor: 2
        case .manager: 3
        }
    }
}

/// What the clock says of a promise by itself, besides that it fell due.
public enum ClockSaying: Sendable, Hashable {
    /// What a mark says. One that comes late is the last of those of its kind that have passed.
    case mark(PromiseMark)
    /// That it is overdue still: once on each working day after the one it was due on.
    case reminder(at: Instant)

    /// When it was to be said.
    public var at: Instant {
        switch self {
        case .mark(let mark): mark.at
        case .reminder(let at): at
        }
    }

    /// The entry of the log.
    public var kind: LogKind {
        switch self {
        case .mark(let mark): mark.kind.hearer == nil ? .promiseDueSoon : .promiseEscalated
        case .reminder: .promiseReminder
        }
    }

    /// Who hears of it where it is a step of the ladder; nil for anything else.
    public var hearer: LadderStep.Hearer? { if case .mark(let mark) = self { mark.kind.hearer } else { nil } }
}
