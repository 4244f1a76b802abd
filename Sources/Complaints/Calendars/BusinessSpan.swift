/// A length of business time: open days, and open hours.
public struct BusinessSpan: Sendable, Hashable {
    /// How many open dates after the one it begins on.
    public let days: Int
    /// How much open time, after these days.
    public let time: ElapsedTime

    /// Neither is negative.
    public init(days: Int = 0, time: ElapsedTime = .zero) {
        self.days = days
        self.time = time
    }

    /// Why a text is no length of business time.
    public enum SyntaxFault: Error, Sendable, Hashable {
        /// Not an ISO 8601 duration.
        case malformed
        /// Weeks, months and years are counted by the calendar of everybody, not by a desk's.
        case calendarUnits
        /// No time at all, which is due at once.
        case empty

        /// What would be right, in a sentence.
        public var detail: String {
            switch self {
            case .malformed: "must be an ISO 8601 duration of days, hours, minutes and seconds, such as P2D or PT4H."
            case .calendarUnits:
                "must not use weeks, months or years, which no desk is open for: give days or hours, or due_on with the date."
            case .empty: "must not be zero."
            }
        }
    }

    /// Reads an ISO 8601 duration of days, hours, minutes and seconds: `P2D`, `PT4H30M`, `P2DT4H`. A day is an open date, so
    /// that it has no length.
    public init(iso8601 text: some StringProtocol) throws(SyntaxFault) {
        let utf8 = text.utf8
        let mark = utf8.firstIndex(of: UInt8(ascii: "T")) ?? utf8.endIndex
        // Months stand before the T, minutes behind it.
        let date = utf8[..<mark]
        let units = "WMY".utf8
        let whole: ElapsedTime
        do {
            whole = try ElapsedTime(iso8601: text)
        } catch {
            throw error == .calendarUnits ? .calendarUnits : .malformed
        }
        guard !date.contains(where: { units.contains($0) }) else { throw .calendarUnits }
        let digits = date.dropFirst().dropLast()
        guard let days = digits.isEmpty ? 0 : Int(String(decoding: digits, as: UTF8.self)) else { throw .malformed }
        self.init(days: days, time: ElapsedTime(milliseconds: whole.milliseconds - Int64(days) * 86_400_000))
        if days == 0, time == .zero { throw .empty }
    }

    /// Its length where a day is taken for 24 hours, and open time for any: what bounds are held against. No calendar makes it
    /// much shorter.
    public var nominal: ElapsedTime {
        let (length, overflows) = Int64(days).multipliedReportingOverflow(by: 86_400_000)
        let (sum, exceeds) = length.addingReportingOverflow(time.milliseconds)
        return ElapsedTime(milliseconds: overflows || exceeds ? .max : sum)
    }

    /// As ISO 8601 has it: `P2DT4H`.
    public var iso8601: String {
        if days == 0 { return Self.hours(time) }
        return time == .zero ? "P\(days)D" : "P\(days)D\(Self.hours(time).dropFirst())"
    }

    /// Without days, since 24 hours of open time are none.
    private static func hours(_ time: ElapsedTime) -> String {
        let hours = time.milliseconds / 3_600_000
        let rest = ElapsedTime(milliseconds: time.milliseconds % 3_600_000)
        if rest == .zero { return hours == 0 ? "PT0S" : "PT\(hours)H" }
        return hours == 0 ? rest.iso8601 : "PT\(hours)H\(rest.iso8601.dropFirst(2))"
    }
}
