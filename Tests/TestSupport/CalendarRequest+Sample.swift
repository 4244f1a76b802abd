public import Complaints

extension CalendarRequest {
    /// An office in Berlin, with a lunch break on Mondays, that is closed on two days.
    public static let office = CalendarRequest(
        timeZone: "Europe/Berlin",
        weekly: [
            .mon: [hours("09:00", "12:00"), hours("13:00", "17:30")], .tue: [hours("09:00", "17:30")],
            .wed: [hours("09:00", "17:30")], .thu: [hours("09:00", "17:30")], .fri: [hours("09:00", "15:00")],
        ],
        specialDays: [
            SpecialDay(date: date("2026-12-25"), name: "Christmas Day", hours: [], yearly: true),
            SpecialDay(date: date("2026-04-06"), name: "Easter Monday", hours: [], yearly: false),
        ])

    /// The same as the body of a request.
    public static let officeBody = """
        {"time_zone":"Europe/Berlin","weekly":{"mon":[["09:00","12:00"],["13:00","17:30"]],"tue":[["09:00","17:30"]],\
        "wed":[["09:00","17:30"]],"thu":[["09:00","17:30"]],"fri":[["09:00","15:00"]]},\
        "special_days":[{"date":"2026-12-25","name":"Christmas Day","yearly":true},\
        {"date":"2026-04-06","name":"Easter Monday"}]}
        """

    /// From one time of a day to another.
    public static func hours(_ opens: String, _ closes: String) -> OpenInterval {
        guard let interval = OpenInterval(from: opens, to: closes) else { preconditionFailure("\(opens)-\(closes)") }
        return interval
    }

    /// A day as ISO 8601 has it.
    public static func date(_ text: String) -> CivilDate {
        guard let date = CivilDate(text) else { preconditionFailure("\(text) is no date") }
        return date
    }
}
