import Complaints

// Instants, days and lengths of time.
extension QueryReader {
    /// An RFC 3339 instant, or a day, which stands for its beginning by the clocks of `tz`.
    mutating func instantOrDay(
        _ name: String, _ meaning: @autoclosure () -> String,
        example: @autoclosure () -> JSONValue = "2026-03-02T09:00:00Z"
    ) -> Instant? {
        rangeEnd(name, meaning(), example: example())?.instant
    }

    /// The same, as an end of a range.
    mutating func rangeEnd(
        _ name: String, _ meaning: @autoclosure () -> String,
        example: @autoclosure () -> JSONValue = "2026-03-02T09:00:00Z"
    ) -> RangeEnd? {
        describe(name, .instantOrDay, "\(meaning()) A day begins by the clocks of tz.", example: example())
        guard let text = exact(name) else { return nil }
        guard let day = CivilDate(text.string) else {
            return instant(text, name, besides: ", or a day such as 2026-03-01").map { .instant($0) }
        }
        takesZone()
        return .day(day.start(in: dayZone))
    }

    /// An RFC 3339 instant.
    mutating func instant(
        _ name: String, _ meaning: @autoclosure () -> String,
        example: @autoclosure () -> JSONValue = "2026-03-02T09:00:00Z"
    ) -> Instant? {
        describe(name, .instant, meaning(), example: example())
        return exact(name).flatMap { instant($0, name) }
    }

    /// Form-decoding has made a space of the `+` of an offset that was not encoded.
    private mutating func instant(_ text: ExactText, _ name: String, besides other: String = "") -> Instant? {
        do {
            return try FieldKind.instant(
                String(decoding: text.utf8.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 }, as: UTF8.self))
        } catch {
            let detail = other.isEmpty ? error.detail : error.detail.replacing(/\.$/, with: other + ".")
            issues.append(name, .invalidParameter, word: error.code, detail)
            return nil
        }
    }

    /// An ISO 8601 duration of some length.
    mutating func span(
        _ name: String, _ meaning: @autoclosure () -> String, example: @autoclosure () -> JSONValue
    ) -> ElapsedTime? {
        describe(name, .duration, meaning(), example: example())
        guard let text = exact(name) else { return nil }
        do {
            return try FieldKind.duration(from: Limits.shortestSpan, to: Limits.longestMaxSpan).read(.string(text))
        } catch {
            issues.append(name, .invalidParameter, word: error.code, error.detail)
            return nil
        }
    }
}
