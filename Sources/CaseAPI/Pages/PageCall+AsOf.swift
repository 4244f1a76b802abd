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
        issues.append(
            QuerySchema.asOf, .invalidParameter,
            "must be a date such as 2026-03-02, which stands for its beginning, or a date and a time such as 2026-03-02 09:00, both "
                + "by the clocks of \(zone.name); or an instant such as 2026-03-02T09:00:00Z.")
        return issues.problem
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
    /// with a `T` or a space between them. Both are by the zone's clocks; of two that these show it is the first. Nil for anything
    /// else.
    func instant(ofTyped text: String) -> Instant? {
        let text = String(text.trimmingSpaces)
        if let date = CivilDate(text) { return date.start(in: self) }
        // Form-decoding has made a space of the `+` of an offset that was not encoded.
        let bytes = text.utf8.enumerated().map { place, byte in
            byte == UInt8(ascii: " ") && place > 10 ? UInt8(ascii: "+") : byte
        }
        switch TypedInstant(typed: String(decoding: bytes, as: UTF8.self), in: self) {
        case .instant(let instant), .twice(let instant, _): return instant
        case .skipped, .unreadable: return nil
        }
    }
}
