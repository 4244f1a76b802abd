/// A time zone of the IANA database.
public struct Zone: Sendable {
    /// As the database spells it: `Europe/Berlin`. A link keeps its own name: `Asia/Calcutta`.
    public let name: String
    /// What its clocks show, as the system's files have it.
    let rules: ZoneRules

    init(name: String, rules: ZoneRules) {
        self.name = name
        self.rules = rules
    }

    /// Coordinated Universal Time, which needs no database.
    public static let utc = Zone(name: "UTC", rules: ZoneRules(offset: 0))

    /// How far its clocks are ahead of UTC at an instant, in milliseconds.
    package func offset(at instant: Instant) -> Int64 {
        rules.offset(at: instant.milliseconds.flooredDivision(by: 1000).quotient) * 1000
    }

    /// What its clocks show at an instant, in milliseconds after midnight.
    func clock(at instant: Instant) -> Int64 {
        (instant.milliseconds + offset(at: instant)).flooredDivision(by: 86_400_000).remainder
    }

    /// When its clocks are changed after an instant and before another, in order.
    package func changes(from start: Instant, to end: Instant) -> [Instant] {
        let last = end.milliseconds.flooredDivision(by: 1000).quotient
        var changes: [Instant] = []
        var span = rules.span(at: start.milliseconds.flooredDivision(by: 1000).quotient)
        while span.until < last {
            let next = rules.span(at: span.until)
            if next.offset != span.offset { changes.append(Instant(milliseconds: next.from * 1000)) }
            span = next
        }
        return changes
    }
}

extension Zone: Hashable {
    /// By the name.
    public static func == (a: Zone, b: Zone) -> Bool { a.name.isExactly(b.name) }

    /// By the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(ExactText(name)) }
}
