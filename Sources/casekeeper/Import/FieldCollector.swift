import Complaints

/// Reads the fields of one row and notes everything that is wrong with them.
struct FieldCollector {
    let row: [String]
    let reader: RowReader
    private(set) var issues: [FieldIssue] = []

    init(row: [String], reader: RowReader) {
        self.row = row
        self.reader = reader
    }

    private mutating func note(_ field: ImportField, _ code: FieldIssue.Code, _ detail: String) {
        issues.append(FieldIssue(field.path, code, detail))
    }

    mutating func text(_ field: ImportField, _ rule: TextRule, isRequired: Bool = false) -> String? {
        guard let value = reader.plan.value(field, in: row) else {
            if isRequired { note(field, .required, "is blank.") }
            return nil
        }
        do {
            return try rule.checked(value)
        } catch {
            note(field, error.code, error.detail)
            return nil
        }
    }

    mutating func word<Word: Vocabulary>(_ field: ImportField) -> Word? {
        guard let value = reader.plan.value(field, in: row) else { return nil }
        guard let word = Word(rawValue: value) else {
            note(
                field, .invalidValue,
                "'\(value)' is not one of \(Word.words)\(reader.plan.isMapped(field) ? "; --value-map translates" : "")."
            )
            return nil
        }
        return word
    }

    /// An instant that has passed.
    mutating func past(_ field: ImportField) -> PastInstant? {
        instant(field).map { PastInstant($0) }
    }

    mutating func instant(_ field: ImportField) -> Instant? {
        guard let value = reader.plan.value(field, in: row) else { return nil }
        if let instant = reader.datePattern?.instant(value, in: reader.timeZone) { return instant }
        do {
            return try Instant(rfc3339: value)
        } catch {
            let form = reader.datePattern == nil ? "RFC 3339; --date-format names another" : "--date-format"
            switch error {
            case .missingOffset: note(field, .missingOffset, "'\(value)' has no offset from UTC.")
            case .malformed: note(field, .invalidInstant, "'\(value)' is no date of the form of \(form).")
            }
            return nil
        }
    }

    mutating func span(_ field: ImportField) -> ElapsedTime? {
        guard let value = reader.plan.value(field, in: row) else { return nil }
        guard let span = try? ElapsedTime(iso8601: value) else {
            note(field, .invalidValue, "'\(value)' is no ISO 8601 duration of weeks, days or less, such as P15D.")
            return nil
        }
        return span
    }

    /// Separated by commas or semicolons.
    mutating func tags() -> [String] {
        guard let value = reader.plan.value(.tags, in: row) else { return [] }
        var tags: [String] = []
        var seen: Set<ExactText> = []
        let parts = value.unicodeScalars.split(whereSeparator: { $0 == "," || $0 == ";" }).map { ExactText(String($0)) }
        for part in parts where !part.isBlank {
            do {
                let tag = try TextRule.tag.checked(part.string)
                if seen.insert(ExactText(tag)).inserted { tags.append(tag) }
            } catch {
                note(.tags, error.code, error.detail)
            }
        }
        if tags.count > Limits.tags {
            note(.tags, .tooLong, "has \(tags.count) tags; at most \(Limits.tags) are taken.")
        }
        return tags
    }

    mutating func estimate() -> Estimate? {
        let known = issues.count
        let from = bound(.estimateFrom)
        let to = bound(.estimateTo)
        guard let from, let to else {
            if from != nil || to != nil, issues.count == known {
                note(from == nil ? .estimateFrom : .estimateTo, .required, "is blank; an estimate has both ends.")
            }
            return nil
        }
        let estimate = Estimate(from: from, to: to)
        guard estimate.isOrdered else {
            note(.estimateTo, .conflictingFields, "must be of the form of estimate.from, and not before it.")
            return nil
        }
        return estimate
    }

    private mutating func bound(_ field: ImportField) -> Estimate.Bound? {
        guard let value = reader.plan.value(field, in: row) else { return nil }
        if let span = try? ElapsedTime(iso8601: value) { return .after(span) }
        return instant(field).map(Estimate.Bound.at)
    }
}
