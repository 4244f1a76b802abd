import CaseAPI
import Complaints

/// By which clocks a page tells times, and what it takes for now: the instant that it shows.
struct PageClock {
    let now: Instant
    let zone: Zone
    /// The instant that the page was asked for, as its address says it; nil for now.
    let asOf: String?

    /// Of a page as it is read.
    init(_ record: PageRecord) {
        now = record.asOf
        zone = record.call.deskZone
        asOf = record.call.head.parameter("as_of")
    }

    init(now: Instant, zone: Zone) {
        self.now = now
        self.zone = zone
        asOf = nil
    }

    /// The page at that path, as of the same instant.
    func link(_ path: String) -> String { Link.to(path, [("as_of", asOf)]) }

    /// Today's date there.
    var today: CivilDate { date(of: now) }

    /// The date of an instant there.
    func date(of instant: Instant) -> CivilDate {
        let text = instant.localText(in: zone).utf8.prefix(10)
        return CivilDate(String(decoding: text, as: UTF8.self)) ?? CivilDate(daysSince1970: 0)
    }

    /// For the template `moment`: by the desk's clocks, which the script turns into the reader's own, with the instant itself for
    /// programs and in the title.
    func moment(_ instant: Instant) -> [String: Any] {
        [
            "instant": instant.rfc3339,
            "shown": written(instant),
        ]
    }

    /// The same of when something is due: the midnight that ends a day is told as that day's last minute, and not as the next one's
    /// beginning.
    func due(_ instant: Instant) -> [String: Any] {
        var moment = moment(instant)
        if instant.localText(in: zone).utf8.suffix(8).elementsEqual("00:00:00".utf8) {
            moment["shown"] = written(Instant(milliseconds: instant.milliseconds - 60_000))
            moment["isDayEnd"] = true
        }
        return moment
    }

    /// The same of an instant of the API; nil for null.
    func due(_ value: JSONValue) -> [String: Any]? { Instant(value).map(due) }

    /// An instant to the minute, by these clocks.
    func written(_ instant: Instant) -> String { instant.minute(in: zone) }

    /// The same of an instant of the API; nil for null.
    func moment(_ value: JSONValue) -> [String: Any]? { Instant(value).map(moment) }

    /// The same, with how far off it is in words, for the template `told`; nil for null.
    func told(_ value: JSONValue, isDue: Bool = false) -> [String: Any]? {
        Instant(value).map { instant in
            var told = isDue ? due(instant) : moment(instant)
            told["distance"] = Texts.distance(distance(to: instant), isPast: instant <= now)
            return told
        }
    }

    /// How long ago something was, or how far off it is, in words: in the largest unit of which there is one.
    func distance(to instant: Instant) -> String {
        let minutes = abs((now - instant).milliseconds) / 60_000
        return switch minutes {
        case 0: Texts.lessThanAMinute
        case ..<60: Texts.minutes(minutes)
        case ..<(48 * 60): Texts.hours(minutes / 60)
        default: Texts.days(minutes / 1440)
        }
    }
}

extension Instant {
    /// An instant of the API; nil for null.
    init?(_ value: JSONValue) {
        guard let text = value.text, let instant = try? Instant(rfc3339: text) else { return nil }
        self = instant
    }
}

extension Instant {
    /// As clocks show it, to the minute: `2026-12-01 14:30`.
    func minute(in zone: Zone) -> String { String(decoding: localText(in: zone).utf8.prefix(16), as: UTF8.self) }
}
