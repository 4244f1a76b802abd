/// The calendar that business time is counted on for a team, as far as it is needed: what holds from some day on.
public struct DeskCalendar: Sendable {
    /// What it is called.
    public let name: String
    /// Of its last version.
    private let version: Int64
    private let table: Result<Timetable, Timetable.Fault>
    var timetable: Result<Timetable, Timetable.Fault> { table }

    /// - Parameter versions: those that hold from that day on, the first one first; not empty.
    package init(_ versions: [BusinessCalendar]) {
        name = versions.last?.name ?? ""
        version = versions.last?.version ?? 0
        table = Result { () throws(Timetable.Fault) in try Timetable(versions) }
    }

    /// How long before an instant a version may have ended for what is counted from there on: nights reach into the next
    /// date, and zones are a day apart.
    package static let reach = ElapsedTime.days(4)

    /// Why something can't be counted on a calendar.
    enum Uncounted: Error, Sendable {
        /// Nothing can be due then.
        case refused(BusinessDueRefusal, calendar: String)
        /// The zone of a version has no rules on this system; the text says what to do.
        case zone(calendar: String, advice: String)
        /// There is none.
        case noCalendar
    }

    /// By whose clocks the date of an instant is told; nil where it can't be counted on.
    package func zone(at instant: Instant) -> Zone? { try? table.get().zone(at: instant) }

    /// When something is due that is asked for at `start`.
    func counted(_ request: BusinessDueRequest, from start: Instant) throws(Uncounted) -> BusinessDue {
        switch table {
        case .success(let table):
            do throws(BusinessDueRefusal) {
                return try table.due(request, from: start)
            } catch {
                throw .refused(error, calendar: name)
            }
        case .failure(.zone(let calendar, let advice)): throw .zone(calendar: calendar, advice: advice)
        case .failure(.noCalendar): throw .noCalendar
        }
    }

    /// When something is due that is asked for at `start`, or what is wrong with the body at `path` that asked for it.
    public func due(
        _ request: BusinessDueRequest, from start: Instant, at path: FieldPath = .body
    ) -> (due: BusinessDue?, issue: FieldIssue?) {
        do throws(Uncounted) {
            return (try counted(request, from: start), nil)
        } catch {
            switch error {
            case .refused(let refusal, _): return (nil, refusal.issue(request.field, at: path))
            case .zone(let calendar, let advice):
                let detail = "The time zone of the calendar \(calendar) is not on this system any more: it \(advice)"
                return (nil, FieldIssue(path / request.field, .calendarMissing, detail))
            case .noCalendar: return (nil, Self.missing(request, at: path))
            }
        }
    }

    /// By which calendar the desk is closed at an instant, what its clocks show then, and when it opens next; nil where it is
    /// open, or just closes.
    func closing(at instant: Instant) -> (calendar: String, local: String, opens: String?)? {
        guard case .success(let table) = table, !table.isOpen(at: instant) else { return nil }
        let zone = table.day(at: instant).phase.zone
        let opens = table.nextOpening(after: instant).map { $0.localText(in: zone) }
        return (name, "\(instant.localText(in: zone)) in \(zone.name)", opens)
    }

    /// That there is no calendar, and how to make one.
    public static func missing(_ request: BusinessDueRequest, at path: FieldPath = .body) -> FieldIssue {
        FieldIssue(
            path / request.field, .calendarMissing,
            "There is no calendar to count business time on: PUT /v1/calendars/default makes the one for all teams without "
                + "one of their own. Else give due_at or due_in.")
    }
}

extension DeskCalendar: Hashable {
    /// A version says the same for good.
    public static func == (a: DeskCalendar, b: DeskCalendar) -> Bool {
        a.version == b.version && a.name.isExactly(b.name)
    }

    /// By name and version.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ExactText(name))
        hasher.combine(version)
    }
}

extension BusinessDueRequest {
    /// The field that says it.
    public var field: String {
        switch self {
        case .after: "due_in_business"
        case .on: "due_on"
        }
    }
}
