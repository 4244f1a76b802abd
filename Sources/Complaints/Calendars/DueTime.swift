/// When on its date something is due that is counted in days.
public enum DueTime: String, Vocabulary {
    /// The end of that date's last opening hours, which may be after midnight.
    case close
    /// 24:00 by the clocks of the desk.
    case endOfDay = "end_of_day"
    /// The start's clock time, moved into that date's hours: to the next opening, after the last hours to their end.
    case sameTime = "same_time"
}

/// By when, in business time.
public enum BusinessDueRequest: Sendable, Hashable {
    /// `due_in_business`; when on its date is said of whole days alone.
    case after(BusinessSpan, at: DueTime? = nil)
    /// `due_on`.
    case on(CivilDate, at: DueTime? = nil)
}
