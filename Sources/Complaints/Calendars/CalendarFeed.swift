/// Reader of an iCalendar file (RFC 5545) of holidays: whole-day events, each a date, several in a row, or one that comes again
/// each year on its date. Everything else is refused, event by event, with its line and the reason.
public struct CalendarFeed: Sendable, Hashable {
    /// The special days that it names, closed all day; in its order, and each once.
    public private(set) var days: [SpecialDay] = []
    /// What was not taken.
    public private(set) var refused: [FeedRefusal] = []

    /// Why a file is none that can be read at all.
    public enum Fault: Error, Sendable, Hashable {
        /// Longer than `longest`.
        case tooLong
        /// Not UTF-8.
        case notUTF8
        /// It does not begin with `BEGIN:VCALENDAR`, or does not end with its end.
        case noCalendar

        /// What to do, in a sentence.
        public var detail: String {
            switch self {
            case .tooLong: "is longer than \(CalendarFeed.longest) bytes: send a file of fewer years."
            case .notUTF8: "is not UTF-8, as iCalendar is."
            case .noCalendar: "is no iCalendar file: it must go from BEGIN:VCALENDAR to END:VCALENDAR."
            }
        }
    }

    /// In bytes.
    public static let longest = 1 << 20
    /// How many days one event may have: a month and a half of works holidays.
    static let longestEvent = 45
    /// How many refusals are listed; the last one says how many more there were.
    static let mostRefused = 100

    /// - Throws: `Fault`, when it is no iCalendar file.
    public init(_ bytes: [UInt8]) throws(Fault) {
        guard bytes.count <= Self.longest else { throw .tooLong }
        guard let lines = ContentLine.lines(bytes) else { throw .notUTF8 }
        guard lines.first?.isMark("BEGIN", "VCALENDAR") ?? false, lines.last?.isMark("END", "VCALENDAR") ?? false
        else { throw .noCalendar }
        var names: [SpecialDate: String] = [:]
        var more = 0
        for event in FeedEvent.all(lines) {
            do throws(FeedEvent.Fault) {
                let all = try event.days()
                let new = all.filter { names[SpecialDate($0)] == nil }
                guard days.count + new.count <= Limits.specialDays else { throw .tooMany }
                if new.isEmpty, let day = all.first, let name = names[SpecialDate(day)], !name.isExactly(day.name) {
                    throw .taken(by: name)
                }
                for day in new where names.updateValue(day.name, forKey: SpecialDate(day)) == nil { days.append(day) }
            } catch {
                if refused.count < Self.mostRefused {
                    refused.append(FeedRefusal(line: event.line, summary: event.summary, reason: error.detail))
                } else {
                    more += 1
                }
            }
        }
        if more > 0 {
            refused.append(FeedRefusal(line: 0, summary: nil, reason: "\(more) more events were refused."))
        }
    }
}

extension CalendarFeed {
    /// Those of its days that are new beside others, and the rest with what there is on their dates already, be it each year:
    /// that stays as it is.
    ///
    /// - Parameter isMeant: which of its days are looked at.
    package func sorted(
        beside others: [SpecialDay], where isMeant: (SpecialDay) -> Bool = { _ in true }
    ) -> (added: [SpecialDay], alreadyThere: [(day: SpecialDay, other: SpecialDay)]) {
        let known = KnownDays(others)
        let days = days.filter(isMeant)
        return (days.filter { known[$0] == nil }, days.compactMap { day in known[day].map { (day, $0) } })
    }
}

/// An event of an iCalendar file that was not taken.
public struct FeedRefusal: Sendable, Hashable {
    /// Where the event begins, from 1; 0 for what is about no line.
    public let line: Int
    /// What it is called; nil when it has no name.
    public let summary: String?
    /// Why, in a sentence.
    public let reason: String
}
