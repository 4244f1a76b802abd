/// When on its date something is due that is counted in days.
public enum DueTime: Sendable, Hashable {
    /// The end of that date's last opening hours, which may be after midnight.
    case close
    /// 24:00 by the clocks of the desk.
    case endOfDay
    /// The start's clock time, moved into that date's hours: to the next opening, after the last hours to their end.
    case sameTime
    /// What the clocks of the desk show then, in minutes after midnight, whether it is open or not: `12:00` is noon. Where they
    /// leave it out, when they go on; of two times that they show it, the first.
    case clock(minutes: Int)

    /// Those that have a word, with it.
    public static let named: [(time: DueTime, word: String)] = [
        (.close, "close"), (.endOfDay, "end_of_day"), (.sameTime, "same_time"),
    ]

    /// What would have been right, for messages.
    public static let words = named.map(\.word).joined(separator: ", ") + " or a time such as 12:00"

    /// As it is written: a word, or `12:00`.
    public var text: String {
        if case .clock(let minutes) = self { return OpenInterval.clock(minutes) }
        return Self.named.first { $0.time == self }?.word ?? ""
    }

    /// The one that is written so; nil for any other text. 24:00 is the end of the day.
    public init?(_ text: String) {
        if let named = Self.named.first(where: { $0.word.isExactly(text) }) {
            self = named.time
        } else if let minutes = OpenInterval.minutes(of: text) {
            self = minutes == OpenInterval.day ? .endOfDay : .clock(minutes: minutes)
        } else {
            return nil
        }
    }
}

/// By when, in business time.
public enum BusinessDueRequest: Sendable, Hashable {
    /// `due_in_business`; when on its date is said of whole days alone.
    case after(BusinessSpan, at: DueTime? = nil)
    /// `due_on`.
    case on(CivilDate, at: DueTime? = nil)
}
