/// An offset from UTC where the name of a time zone should be: `GMT+1`, `UTC-05:30`, `+0100`. It is no zone, as the
/// clocks of most places change theirs; and the database's own `Etc/GMT+1` counts the other way, west of Greenwich (POSIX).
struct ZoneOffset {
    /// How far ahead of UTC; nil when it is not said which way, or in the database's own manner.
    let minutes: Int?

    /// Nil for what is no offset. A space counts as a plus sign, which is what a query that was not encoded makes of one.
    init?(_ text: String) {
        let form = #/(etc/)?(gmt|utc|ut|z)?( *[-+−] *| +|)([0-9]{1,2})(?::?([0-9]{2}))?/#.ignoresCase()
        guard text.utf8.count <= 32, let parts = text.wholeMatch(of: form)?.output, let hours = Int(parts.4),
            parts.2 != nil || !parts.3.isEmpty
        else { return nil }
        let ahead = hours * 60 + (parts.5.flatMap { Int($0) } ?? 0)
        let isClear = parts.1 == nil && !parts.3.isEmpty
        minutes = !isClear ? nil : parts.3.contains("-") || parts.3.contains("−") ? -ahead : ahead
    }

    /// What the database calls the zone that has this offset at all times; nil unless it is one of whole hours.
    var fixedZone: String? {
        guard let minutes, minutes.isMultiple(of: 60) else { return nil }
        let hours = minutes / 60
        return hours == 0 ? Zone.utc.name : "Etc/GMT\(hours > 0 ? "-" : "+")\(hours.magnitude)"
    }
}
