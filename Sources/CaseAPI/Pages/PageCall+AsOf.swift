import CaseStore
import Complaints

// The instant of a page, as people type it.
extension Call {
    /// The same call with its `as_of` as the API takes it, where it is a date, or a date and a time, by the desk's clocks. What is
    /// neither stays as it is.
    var withTypedAsOf: Call {
        guard let typed = query.value(of: QuerySchema.asOf),
            let instant = service.store.ownerRules.timeZone.instant(ofTyped: typed)
        else { return self }
        var call = self
        call.query = query.setting(QuerySchema.asOf, to: instant.rfc3339)
        return call
    }

    /// What is wrong with the `as_of` of a page; nil where it is an instant, or was left out. One that lies in the future, or was
    /// given twice, is told of as with the API.
    var typedAsOfProblem: Problem? {
        let zone = service.store.ownerRules.timeZone
        guard let typed = query.value(of: QuerySchema.asOf), zone.instant(ofTyped: typed) == nil else { return nil }
        var issues = QueryIssues()
        let text = typed.trimmingSpaces
        switch TypedInstant(typed: Zone.withOffset(text), in: zone) {
        case .skipped:
            issues.append(
                QuerySchema.asOf, .invalidParameter,
                "is a time that the clocks of \(zone.name) never show, as they are set ahead then: choose another one.")
        case .twice(let first, let second):
            issues.append(
                QuerySchema.asOf, .invalidParameter,
                "is a time that the clocks of \(zone.name) show twice: write \"\(first.rfc3339(in: zone))\" for the first, or "
                    + "\"\(second.rfc3339(in: zone))\" for the second.")
        case .instant, .unreadable:
            issues.append(QuerySchema.asOf, .invalidParameter, Self.asOfForms(zone))
        }
        return issues.problem
    }

    private static func asOfForms(_ zone: Zone) -> String {
        "must be a date such as 2026-03-02, which stands for its beginning, or a date and a time such as 2026-03-02 09:00, both "
            + "by the clocks of \(zone.name); or an instant such as \"2026-03-02T09:00:00Z\"."
    }
}

extension QueryParameters {
    /// The one value of a parameter; nil where it was left out, left empty, or given more than once.
    fileprivate func value(of name: String) -> String? {
        let name = ExactText(name)
        let values = pairs.filter { $0.name == name }
        guard values.count == 1, !values[0].value.isBlank else { return nil }
        return values[0].value.string
    }
}

extension Zone {
    /// What people type of a point in time: an instant of RFC 3339; a date, which stands for its beginning; or a date and a time
    /// with a `T` or a space between them. Both are by the zone's clocks. Nil for anything else, and for a
    /// time that these skip or show twice.
    func instant(ofTyped text: String) -> Instant? {
        let text = String(text.trimmingSpaces)
        if let date = CivilDate(text) { return date.start(in: self) }
        switch TypedInstant(typed: Self.withOffset(text), in: self) {
        case .instant(let instant): return instant
        case .skipped, .twice, .unreadable: return nil
        }
    }

    /// Form-decoding has made a space of the `+` of an offset that was not encoded.
    fileprivate static func withOffset(_ text: some StringProtocol) -> String {
        let bytes = text.utf8.enumerated().map { place, byte in
            byte == UInt8(ascii: " ") && place > 10 ? UInt8(ascii: "+") : byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
