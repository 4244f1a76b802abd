package import Complaints

/// What a date and a time come to that somebody typed.
package enum TypedInstant: Sendable, Hashable {
    /// The one instant that is meant.
    case instant(Instant)
    /// Clocks are set ahead over it, and never show it.
    case skipped
    /// Clocks are set back over it, and show it twice.
    case twice(Instant, Instant)
    /// Neither a date nor an instant.
    case unreadable

    /// Reads what a browser sends of a date and a time (`2026-12-01T14:30`), and what people type where it has no field for
    /// them: `2026-12-01 14:30`, with an offset behind it or none; a date alone is the last minute of it.
    ///
    /// - Parameters:
    ///   - zone: whose clocks show it.
    ///   - latest: what a date alone is at most, where today is meant of what has happened already.
    package init(typed text: String, in zone: Zone, latest: Instant? = nil) {
        let bytes = Array(
            text.utf8.drop { $0 == UInt8(ascii: " ") }.reversed().drop { $0 == UInt8(ascii: " ") }.reversed())
        guard let date = CivilDate(String(decoding: bytes.prefix(10), as: UTF8.self)) else {
            self = .unreadable
            return
        }
        guard bytes.count > 10 else {
            let next = CivilDate(daysSince1970: date.daysSince1970 + 1).start(in: zone)
            let end = next + .minutes(-1)
            let isToday = latest.map { date.start(in: zone) <= $0 && $0 < end } ?? false
            self = .instant(isToday ? latest ?? end : end)
            return
        }
        guard [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(bytes[10]) else {
            self = .unreadable
            return
        }
        let isOfClock = { (byte: UInt8) in (0x30...0x3A).contains(byte) || byte == UInt8(ascii: ".") }
        let rest = bytes.dropFirst(11).drop { $0 == UInt8(ascii: " ") }
        let clock = rest.prefix(while: isOfClock)
        let offset = rest.dropFirst(clock.count).drop { $0 == UInt8(ascii: " ") }
        let whole = Self.whole(String(decoding: clock, as: UTF8.self))
        let day = String(decoding: bytes.prefix(10), as: UTF8.self)
        guard offset.isEmpty else {
            let text = "\(day)T\(whole)\(String(decoding: offset, as: UTF8.self))"
            self = (try? Instant(rfc3339: text)).map(Self.instant) ?? .unreadable
            return
        }
        guard let naive = try? Instant(rfc3339: "\(day)T\(whole)Z") else {
            self = .unreadable
            return
        }
        let found = zone.instants(showing: naive)
        switch (found.first, found.last) {
        case (let first?, let last?): self = first == last ? .instant(first) : .twice(first, last)
        default: self = .skipped
        }
    }

    /// A time of day with its seconds, and two digits of its hours.
    private static func whole(_ clock: String) -> String {
        let padded =
            clock.utf8.firstIndex(of: UInt8(ascii: ":")).map {
                clock.utf8.distance(from: clock.utf8.startIndex, to: $0)
            } == 1
            ? "0\(clock)" : clock
        return padded.utf8.count == 5 ? "\(padded):00" : padded
    }
}

extension Zone {
    /// No clock is further from UTC (RFC 9636 section 3.2; a rule's hours).
    private static let furthest = ElapsedTime.hours(26)

    /// The instants at which its clocks show what those of UTC show at `naive`: none where they are set ahead over it, two where
    /// they are set back over it, in order.
    fileprivate func instants(showing naive: Instant) -> [Instant] {
        let start = naive + ElapsedTime(milliseconds: -Self.furthest.milliseconds)
        let offsets = [offset(at: start)] + changes(from: start, to: naive + Self.furthest).map { offset(at: $0) }
        return Set(offsets).map { Instant(milliseconds: naive.milliseconds - $0) }
            .filter { $0.milliseconds + offset(at: $0) == naive.milliseconds }.sorted()
    }
}
