/// Goes through the dates of a timetable, one after the other, or over whole weeks of which one is as the other.
///
/// A stretch of dates is plain where no date is special, one version is in force, and clocks are not changed: there the
/// hours of a week are those of the week before, 168 hours later, and need not be looked at.
struct DayWalk {
    private let phases: [TimetablePhase]
    /// The date that comes next, in days since 1970.
    private(set) var day: Int
    /// Of `phases`; -1 before the first.
    private var index: Int
    /// The plain stretch that `day` is in; empty when it is in none.
    private var plain: Range<Int>
    /// In a plain stretch: how many seconds clocks are ahead.
    private var offset: Int64 = 0
    /// No date from here on and before `nextSpecial` is special.
    private var nextSpecial = Int.min

    /// How far from a change of clocks dates count as plain, in seconds: what opens on one closes within two days.
    private static let margin: Int64 = 4 * 86_400
    /// A stretch ends somewhere, in dates.
    private static let furthest = 10_000_000

    /// - Parameter day: the first one.
    init(_ table: Timetable, from day: Int) {
        phases = table.phases
        index = (phases.firstIndex { $0.from > day } ?? phases.count) - 1
        self.day = day
        plain = day..<day
        // Where a zone takes another one's place, dates are looked at together.
        for boundary in phases.indices.dropFirst().reversed() {
            guard let dates = joint(boundary), dates.contains(self.day) else { continue }
            self.day = dates.lowerBound
            index = (phases.firstIndex { $0.from > dates.lowerBound } ?? phases.count) - 1
        }
        enter()
    }

    /// Whether `day` is in a plain stretch.
    var isPlain: Bool { plain.contains(day) }

    /// An ordinary week from `day` on.
    var week: (time: Int64, days: Int) { index < 0 ? (0, 0) : phases[index].week }

    /// How many weeks from `day` on are as the week before; 0 unless what was open on the last days is as it always is.
    var weeks: Int { day - 3 >= plain.lowerBound ? (plain.upperBound - day) / 7 : 0 }

    /// Goes over that many of them.
    mutating func skip(weeks: Int) {
        day += weeks * 7
        enter()
    }

    /// The hours of the next date, and of more than one where a zone takes another one's place, in the order that they begin
    /// in; returns these dates.
    mutating func next(into spans: inout [OpenSpan]) -> Range<Int> {
        spans.removeAll(keepingCapacity: true)
        let first = day
        if isPlain {
            phases[index].spans(ordinary: day, offset: offset, into: &spans)
            day += 1
        } else if let dates = joint(index + 1), dates.contains(day) {
            while day < dates.upperBound {
                if index >= 0 { phases[index].spans(day, into: &spans) }
                day += 1
                enter()
            }
            spans.sort { ($0.opens, $0.closes) < ($1.opens, $1.closes) }
        } else {
            if index >= 0 { phases[index].spans(day, into: &spans) }
            day += 1
        }
        enter()
        return first..<day
    }

    /// The dates about the first one of a phase whose clocks are others than those before, so that the hours of one may
    /// overtake the other's; those of the phases after it too where that follows at once.
    private func joint(_ boundary: Int) -> Range<Int>? {
        guard phases.indices.contains(boundary), boundary > 0, phases[boundary - 1].zone != phases[boundary].zone
        else { return nil }
        let first = phases[boundary].from
        var dates = first - 3..<first + 3
        if let next = joint(boundary + 1), next.lowerBound < dates.upperBound {
            dates = dates.lowerBound..<next.upperBound
        }
        return dates
    }

    /// Finds out what kind of date `day` is.
    private mutating func enter() {
        while index + 1 < phases.count, phases[index + 1].from <= day {
            index += 1
            nextSpecial = .min
        }
        guard !isPlain else { return }
        guard index >= 0 else {
            // Nothing is open before the first version.
            return plain = day..<day
        }
        let phase = phases[index]
        if nextSpecial < day { nextSpecial = phase.special.next(from: day) }
        let end = min(nextSpecial, joint(index + 1)?.lowerBound ?? phase.until)
        guard day < end else { return plain = day..<day }
        let start = Int64(day) * 86_400
        let span = phase.zone.rules.span(at: start)
        guard span.from < start - Self.margin else { return plain = day..<day }
        let last =
            span.until == .max
            ? day + Self.furthest : Int((span.until + span.offset - Self.margin).flooredDivision(by: 86_400).quotient)
        offset = span.offset
        plain = day..<max(day, min(end, last))
    }
}
