extension CivilDate {
    /// The day of a text as ISO 8601 has it, `2026-11-23`; nil for any other, and for a day that there is not.
    public init?(_ text: some StringProtocol) {
        var scanner = DigitScanner(text)
        guard let year = scanner.digits(4), year > 0, scanner.take("-"), let month = scanner.digits(2),
            scanner.take("-"),
            let day = scanner.digits(2), scanner.isAtEnd
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day that an instant lies in, by the clocks of a zone.
    public init(of instant: Instant, in zone: Zone) {
        let local = instant.milliseconds + zone.offset(at: instant)
        self.init(daysSince1970: Int(local.flooredDivision(by: Self.milliseconds).quotient))
    }

    /// The instant that it begins at by the clocks of a zone: the first one of which they show it. It is not always midnight,
    /// where clocks are set at that; a day that a zone has left out begins as the next one does.
    public func start(in zone: Zone) -> Instant {
        let midnight = Int64(daysSince1970) * Self.milliseconds
        // No zone is a day off, and none is changed twice in so short a time.
        var last = Instant(milliseconds: midnight - 2 * Self.milliseconds)
        var next = Instant(milliseconds: midnight + 2 * Self.milliseconds)
        let (before, after) = (zone.offset(at: last), zone.offset(at: next))
        guard before != after else { return Self.bounded(midnight - before) }
        while (next - last).milliseconds > 1 {
            let middle = Instant(milliseconds: last.milliseconds + (next - last).milliseconds / 2)
            if zone.offset(at: middle) == before { last = middle } else { next = middle }
        }
        let change = next.milliseconds
        return Self.bounded(midnight - before < change ? midnight - before : max(change, midnight - after))
    }

    private static let milliseconds: Int64 = 86_400_000

    private static func bounded(_ milliseconds: Int64) -> Instant {
        min(max(Instant(milliseconds: milliseconds), .earliest), .latest)
    }
}
