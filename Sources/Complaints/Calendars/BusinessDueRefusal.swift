/// Why nothing can be due then in business time.
public enum BusinessDueRefusal: Error, Sendable, Hashable {
    /// So much open time, or so many open dates, there are not.
    case notEnoughOpenTime(calendar: String, within: ElapsedTime)
    /// When on its date something is due is asked of days alone.
    case timeBesideHours
    /// Neither the date's close nor a time in its hours: it has none.
    case closed(CivilDate, why: String, next: CivilDate?, asked: DueTime)
    /// The zone has no such date.
    case leftOut(CivilDate, zone: String)
    /// It would be due at the start or before it.
    case notAfterStart(Instant, local: String)
    /// Further off than anything is looked for.
    case tooFar(ElapsedTime)

    /// What is wrong with the body that asked for it.
    ///
    /// - Parameters:
    ///   - field: that of the due, `due_in_business` or `due_on`.
    ///   - path: where these fields are.
    public func issue(_ field: String, at path: FieldPath = .body) -> FieldIssue {
        switch self {
        case .notEnoughOpenTime(let calendar, let bound):
            FieldIssue(
                path / field, .outOfRange,
                "must be open time that there is: the calendar \(calendar) has less within \(bound.iso8601).")
        case .timeBesideHours:
            FieldIssue(
                path / "at", .conflictingFields,
                "must be left out beside hours, which end by themselves: it says when on its date days are due.")
        case .closed(let date, let why, let next, let asked):
            FieldIssue(
                path / field, .invalidValue,
                "must be an open date for at=\(asked.text): \(date.iso8601) is \(why)."
                    + (next.map { " The next open date is \($0.iso8601)." } ?? "")
                    + " at=\(DueTime.endOfDay.text) takes any date, and so does a time such as at=12:00.")
        case .leftOut(let date, let zone):
            FieldIssue(path / field, .invalidValue, "must be a date that there is: \(zone) has no \(date.iso8601).")
        case .notAfterStart(let instant, let local):
            FieldIssue(
                path / field, .inThePast,
                "must lie after the start, but would be due at \(instant.rfc3339) (\(local)): give a later date.")
        case .tooFar(let bound):
            FieldIssue(path / field, .outOfRange, "must lie within \(bound.iso8601).")
        }
    }
}
