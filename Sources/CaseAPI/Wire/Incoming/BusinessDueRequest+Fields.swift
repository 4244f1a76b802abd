import Complaints

extension BusinessDueRequest {
    static let names = ["due_in_business", "due_on"]
    private static let time = "at"

    /// What was sent of a due in business time; nil when there is none, or it can't be read.
    ///
    /// - Parameters:
    ///   - start: from when it is counted, in a word.
    ///   - others: fields that say a due otherwise, beside which there is no `at`.
    ///   - calendar: the one that it is counted on, in words.
    static func optional(
        _ fields: FieldReader, _ start: String,
        on calendar: String = "the calendar of the team, or the one called default",
        besides others: [String] = []
    ) -> BusinessDueRequest? {
        let span = fields.optional(
            "due_in_business", .businessSpan,
            "Business time from \(start) on \(calendar): PT4H is open time; P2D is the second "
                + "open date after today; P2DT4H the days to the same clock time, then open time.")
        let date = fields.optional("due_on", .date, "A date by the clocks of that calendar.")
        let time = fields.optional(
            Self.time, FieldKind<DueTime>.dueTime,
            "When on its date, beside due_on or whole days: close is the end of its last opening hours, end_of_day 24:00, "
                + "same_time the clock time of the start, moved into its hours; 12:00 what the clocks of the calendar show. "
                + "Without it, close.")
        let isBesides = others.reduce(false) { found, other in
            fields.given(atMostOneOf: [other, Self.time]).count > 1 || found
        }
        if isBesides {
            fields.issue(
                Self.time, .conflictingFields,
                "must be left out beside \(others.joined(separator: " and ")): it says when on a date of the calendar.")
        }
        if let span { return .after(span, at: time) }
        return date.map { .on($0, at: time) }
    }
}

extension FieldKind<BusinessSpan> {
    /// An ISO 8601 duration of days, hours, minutes and seconds.
    static var businessSpan: FieldKind {
        FieldKind(.businessDuration) { value throws(FieldFault) in
            guard case .string(let text) = value else { throw wrongType(value, expected: "a string") }
            do throws(BusinessSpan.SyntaxFault) {
                return try BusinessSpan(iso8601: text.string)
            } catch {
                throw FieldFault(.invalidValue, error.detail)
            }
        }
    }
}

extension FieldKind<DueTime> {
    /// When on its date something is due.
    static var dueTime: FieldKind {
        FieldKind(.dueTime) { value throws(FieldFault) in
            guard case .string(let text) = value else { throw wrongType(value, expected: "a string") }
            guard let time = DueTime(text.string) else {
                throw FieldFault(.invalidValue, "must be one of \(DueTime.words).")
            }
            return time
        }
    }
}
