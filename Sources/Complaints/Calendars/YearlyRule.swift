/// A recurrence rule of an iCalendar event that comes again each year on its date (RFC 5545 section 3.3.10). What moves (`BYDAY`)
/// is no date of every year, and is refused.
struct YearlyRule {
    /// How many years after the first one it comes again, with 0; nil: without end.
    let years: [Int]?

    /// How many times it may come before it counts as an end that nobody lives to see.
    private static let most = 100

    /// - Throws: why it is none that is taken.
    init(_ text: String, from first: CivilDate) throws(FeedEvent.Fault) {
        var values: [ExactText: String] = [:]
        for part in text.split(separator: ";", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = ExactText(pair[0]).asciiLowercased
            guard pair.count == 2, values[name] == nil else { throw .reason("RRULE can't be read.") }
            values[name] = String(pair[1])
        }
        guard let frequency = values["freq"], ExactText(frequency).asciiLowercased == "yearly" else {
            throw .reason("RRULE must be FREQ=YEARLY.")
        }
        func number(_ name: ExactText, _ range: ClosedRange<Int>) throws(FeedEvent.Fault) -> Int? {
            guard let text = values[name] else { return nil }
            guard let number = Int(text), range.contains(number) else {
                throw .reason(
                    "\(name.string.uppercased()) of RRULE must be a number from \(range.lowerBound) to \(range.upperBound)."
                )
            }
            return number
        }
        let known: Set<ExactText> = ["freq", "interval", "count", "until", "bymonth", "bymonthday", "wkst"]
        if let other = values.keys.filter({ !known.contains($0) }).min() {
            throw .reason(
                "\(other.prefix(scalars: 20).uppercased()) of RRULE is not taken: name each date in an event of its own."
            )
        }
        for (name, own) in [("bymonth", first.month), ("bymonthday", first.day)] as [(ExactText, Int)] {
            guard let other = try number(name, 1...31), other != own else { continue }
            throw .reason("\(name.string.uppercased()) of RRULE is another than that of DTSTART.")
        }
        let interval = try number("interval", 1...100) ?? 1
        let count = try number("count", 1...Self.most)
        guard count == nil || values["until"] == nil else { throw .reason("RRULE has both COUNT and UNTIL.") }
        if let count {
            // What counts is each time that there is such a date.
            years = Array(
                (0...).lazy.map { $0 * interval }.filter { Self.isDate(first, $0) }.prefix(count))
        } else if let until = values["until"] {
            guard let last = CivilDate(basic: String(until.prefix(8))) else {
                throw .reason("UNTIL of RRULE must be a date such as 20301231.")
            }
            let all = stride(from: 0, through: max(-1, last.year - first.year), by: interval).filter { years in
                CivilDate(year: first.year + years, month: first.month, day: first.day).map { $0 <= last } ?? false
            }
            guard all.count <= Self.most else { throw .reason("UNTIL of RRULE is more than \(Self.most) years off.") }
            guard !all.isEmpty else { throw .reason("UNTIL of RRULE lies before DTSTART.") }
            years = all
        } else {
            guard interval == 1 else { throw .reason("INTERVAL of RRULE needs COUNT or UNTIL.") }
            years = nil
        }
    }

    private static func isDate(_ date: CivilDate, _ years: Int) -> Bool {
        CivilDate(year: date.year + years, month: date.month, day: date.day) != nil
    }
}
