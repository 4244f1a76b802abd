/// When a desk is open at all: the versions of its calendar, each on the dates that it is in force on, by the clocks of its
/// zone.
///
/// A date is open that has hours. Hours are what clocks on the wall show; they belong to the date that they open on, and
/// open time is what lies in any of them, so that hours which overlap count once.
public struct Timetable: Sendable {
    /// In the order of their dates.
    let phases: [TimetablePhase]
    /// The version of the time zone database; nil without one.
    let zonesVersion: String?

    /// Why calendars make no timetable.
    public enum Fault: Error, Sendable, Hashable {
        /// There is none.
        case noCalendar
        /// The zone of a version, which has no rules on this system; the text says what to do.
        case zone(calendar: String, advice: String)
    }

    /// - Parameters:
    ///   - versions: of one calendar, in whatever order. On each date the last version holds that is in force then: one that
    ///     begins earlier than the version before takes that one's place altogether.
    ///   - zones: whose rules are gone by.
    public init(_ versions: [BusinessCalendar], zones: ZoneDatabase = .system) throws(Fault) {
        guard !versions.isEmpty else { throw .noCalendar }
        var held: [BusinessCalendar] = []
        for calendar in versions.sorted(by: { $0.version < $1.version }) {
            while let last = held.last, last.firstDay >= calendar.firstDay { held.removeLast() }
            held.append(calendar)
        }
        var phases: [TimetablePhase] = []
        for (place, calendar) in held.enumerated() {
            guard let zone = zones.zone(named: calendar.timeZone) else {
                throw .zone(calendar: calendar.name, advice: zones.advice(for: calendar.timeZone))
            }
            let until = place + 1 < held.count ? held[place + 1].firstDay : .max
            phases.append(TimetablePhase(calendar, zone: zone, until: until))
        }
        self.phases = phases
        zonesVersion = zones.version
    }

    /// The hours of a date as instants, in order; none when it is closed, or when no version is in force yet.
    package func hours(on date: CivilDate) -> [OpenSpan] {
        var spans: [OpenSpan] = []
        phase(on: date.daysSince1970)?.spans(date.daysSince1970, into: &spans)
        return spans
    }

    /// The version in force on a date; nil before the first one is.
    func phase(on day: Int) -> TimetablePhase? { phases.last { $0.from <= day } }

    /// By whose clocks the date of an instant is told.
    package func zone(at instant: Instant) -> Zone { day(at: instant).phase.zone }

    /// The date of an instant by the clocks of the version that is in force then. Where a version in another zone begins, it
    /// holds from when its clocks show its first date; until then the one before does, on its last date at most.
    func day(at instant: Instant) -> (day: Int, phase: TimetablePhase) {
        for phase in phases.reversed() {
            let day = phase.day(at: instant)
            if day >= phase.from { return (min(day, phase.until - 1), phase) }
        }
        return (phases[0].day(at: instant), phases[0])
    }
}
