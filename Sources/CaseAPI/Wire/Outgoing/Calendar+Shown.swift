import Complaints

extension CalendarRecord {
    /// What there is of a calendar in a list.
    static let listed: [Shown<CalendarRecord>] = named + hours + held + teams

    /// What there is of a calendar.
    static let shown: [Shown<CalendarRecord>] =
        named + hours + [
            .objects(
                "special_days", "Dates with other hours.", of: SpecialDay.shown, schema: .named("CalendarDay"),
                bounds: 0...Limits.specialDays
            ) { $0.calendar.specialDays }
        ] + held + teams + [
            .objects(
                "versions", "The newest first, and at most \(mostVersions) of them.", of: ListedVersion.shown,
                schema: .named("CalendarVersion"), bounds: 0...mostVersions
            ) { calendar in
                let held = Set(calendar.versions.inForce().map(\.number))
                return calendar.versions.suffix(mostVersions).reversed().map {
                    ListedVersion(version: $0, holds: held.contains($0.number))
                }
            }
        ]

    private static let mostVersions = 100

    private static let named: [Shown<CalendarRecord>] = [
        .text("name", "default is for teams without a calendar of their own.") { $0.name },
        .text("time_zone", "The zone of its clocks, by its name in the IANA database.") { $0.calendar.timeZone },
    ]

    private static let hours: [Shown<CalendarRecord>] = [
        .object("weekly", "The hours of each day of the week.", columns: "weekly_", of: Weekday.shown) {
            $0.calendar.weekly
        }
    ]

    private static let held: [Shown<CalendarRecord>] = [
        .count("version", "1, and one more with every change; 0 for one that comes with the service.") {
            $0.calendar.version
        },
        .value(
            "effective_from", .date,
            "The first local date that it holds on; null: from ever. Before it, and from that of a later version on, another "
                + "one does."
        ) { $0.calendar.effectiveFrom?.iso8601 },
        .instant("recorded_at", "When the service was told of this version; null for one that came with it.") {
            $0.recordedAt
        },
        .flag("shipped", "Whether it comes with the service, and nobody has put one of its name on record.") {
            $0.isShipped
        },
    ]

    private static let teams: [Shown<CalendarRecord>] = [
        .value("teams", .array(.text), "The teams that it is for.") { $0.calendar.teams }
    ]
}

extension Weekday {
    /// The hours of each.
    fileprivate static let shown: [Shown<[Weekday: [OpenInterval]]>] = allCases.map { day in
        .value(day.rawValue, .array(.openInterval)) { ShownHours(hours: $0[day] ?? []) }
    }
}

extension SpecialDay {
    static let shown: [Shown<SpecialDay>] = [
        .value("date", .date, "Of a yearly one the first.") { $0.date.iso8601 },
        .text("name") { $0.name },
        .value("hours", .array(.openInterval), "None: closed.") { ShownHours(hours: $0.hours) },
        .flag("yearly", "Whether it comes again each year.") { $0.yearly },
    ]
}

/// A version of a calendar among the others.
struct ListedVersion: Sendable {
    let version: CalendarVersion
    /// Whether there is a date that it holds on.
    let holds: Bool

    static let shown: [Shown<ListedVersion>] = [
        .value("version", .id) { $0.version.number },
        .value("effective_from", .date, "Null: from ever.") { $0.version.effectiveFrom?.iso8601 },
        .flag("superseded", "Whether a later version has taken its place on all dates that it held, or was to hold on.")
        {
            !$0.holds
        },
        .instant("recorded_at") { $0.version.recordedAt },
    ]
}

/// The hours of a day: `[["09:00","12:00"]]`.
struct ShownHours: ShownValue {
    let hours: [OpenInterval]

    func write(to json: inout JSONWriter) { hours.map { [$0.opening, $0.closing] }.write(to: &json) }

    var cell: CSVCell { .plain(hours.map { "\($0.opening)-\($0.closing)" }.joined(separator: " ")) }
}

extension ItemForm<CalendarRecord> {
    static let calendar = ItemForm(CalendarRecord.shown)
    static let listedCalendar = ItemForm(CalendarRecord.listed)
}

extension ListForm<CalendarRecord> {
    static let calendars = ListForm(.listedCalendar)
}

extension ItemForm<BusinessDue> {
    static let due = ItemForm(BusinessDue.shown)
}
