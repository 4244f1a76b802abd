// From what clocks show to instants. Where they are set ahead, some times are never shown; where they are set back, some
// are twice.
extension ZoneRules {
    /// Which of two instants is meant at which clocks show the same.
    enum Choice {
        case first, second
    }

    /// No clock is further from UTC, in seconds (RFC 9636 section 3.2; a rule's hours).
    private static let furthest: Int64 = 26 * 3600

    /// The instant, in seconds since 1970, at which clocks show a time, in seconds since 1970 by themselves; for one that is
    /// never shown the end of the gap that it lies in.
    func time(showing local: Int64, _ choice: Choice) -> Int64 {
        var span = self.span(at: local - Self.furthest)
        if span.until > local + Self.furthest { return local - span.offset }
        var found: Int64?
        while true {
            let time = local - span.offset
            if time < span.from { return found ?? span.from }
            if time < span.until {
                if choice == .first { return time }
                found = time
            }
            guard span.until <= local + Self.furthest else { return found ?? span.until }
            span = self.span(at: span.until)
        }
    }

    /// The date that clocks show, as days since 1970, from then on for good: where they are set back over midnight, what is
    /// shown before that counts as the day that is shown again.
    func day(at time: Int64) -> Int {
        var span = self.span(at: time)
        var day = (time + span.offset).flooredDivision(by: 86_400).quotient
        let end = time + 2 * Self.furthest
        while span.until < end {
            let next = span.until
            span = self.span(at: next)
            day = min(day, (next + span.offset).flooredDivision(by: 86_400).quotient)
        }
        return Int(day)
    }
}
