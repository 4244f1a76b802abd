import CaseAPI
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

    /// A value that is no text of somebody's: spaces around it are the file's.
    private func value(_ field: ImportField) -> String? {
        reader.plan.value(field, in: row)?.withoutSpacesAround
    }

    mutating func word<Word: Vocabulary>(_ field: ImportField) -> Word? {
        guard let value = value(field) else { return nil }
        guard let word = Word(rawValue: value) else {
            note(
                field, .invalidValue,
                "'\(value)' is not one of \(Word.words)\(reader.plan.isMapped(field) ? "; --value-map translates" : "")."
            )
            return nil
        }
        return word
    }

    /// When the complaint was received. A date that is missing where others have one is as bad as one that can't be
    /// read: an old complaint would count as new.
    mutating func received() -> PastInstant? {
        let field = ImportField.receivedAt
        if reader.plan.isMapped(field), reader.plan.blank(field) == nil, reader.plan.value(field, in: row) == nil {
            note(
                field, .required, "is blank; --blank \(field.name)=now takes it as of today, =skip leaves the row out.")
        }
        return past(field)
    }

    /// An instant that has passed.
    mutating func past(_ field: ImportField) -> PastInstant? {
        instant(field).map { PastInstant($0) }
    }

    mutating func instant(_ field: ImportField) -> Instant? {
        date(field).map { ImportField.deadlines.contains(field) ? $0.end : $0.instant }
    }

    mutating func date(_ field: ImportField) -> FileDate? {
        guard let value = value(field) else { return nil }
        do {
            return try reader.dates.date(value)
        } catch {
            switch error {
            case .missingOffset:
                let advice =
                    reader.plan.isOwn
                    ? "an export for a spreadsheet program does not come back: take one without for=spreadsheet."
                    : "--date-format 'yyyy-MM-dd HH:mm:ss' takes such as of --time-zone."
                note(field, .missingOffset, "'\(value)' has no offset from UTC; \(advice)")
            case .unknown: note(field, .invalidInstant, "'\(value)' is no date of the form of \(form(of: value)).")
            case .ambiguous(let forms):
                let all = forms.map { "\($0.form) (\($0.instant.rfc3339))" }.joined(separator: " and ")
                note(
                    field, .invalidInstant,
                    "'\(value)' is a date of \(all): leave out the --date-format that is not meant.")
            }
            return nil
        }
    }

    mutating func flag(_ field: ImportField) -> Bool? {
        guard let value = value(field) else { return nil }
        switch ExactText(value).asciiLowercased {
        case "true": return true
        case "false": return false
        default:
            note(field, .invalidValue, "'\(value)' is neither true nor false.")
            return nil
        }
    }

    /// The forms that dates can have, and one that a text may have.
    private func form(of value: String) -> String {
        let isNumber = !value.isEmpty && value.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let likely =
            isNumber && value.utf8.count == 10 ? "epoch" : isNumber && value.utf8.count == 13 ? "epoch_ms" : nil
        let such = likely.map { ", such as \($0)" } ?? ""
        return reader.dates.patterns.isEmpty ? "RFC 3339; --date-format names another\(such)" : "--date-format\(such)"
    }

    mutating func businessSpan(_ field: ImportField) -> BusinessSpan? {
        guard let value = value(field) else { return nil }
        do throws(BusinessSpan.SyntaxFault) {
            return try BusinessSpan(iso8601: value)
        } catch {
            note(field, .invalidValue, "'\(value)' \(error.detail)")
            return nil
        }
    }

    mutating func span(_ field: ImportField) -> ElapsedTime? {
        guard let value = value(field) else { return nil }
        guard let span = try? ElapsedTime(iso8601: value) else {
            note(field, .invalidValue, "'\(value)' is no ISO 8601 duration of weeks, days or less, such as P15D.")
            return nil
        }
        return span
    }

    /// What the row has of a record's fields; what it has not is left at its default. Returns what its cells, and no value
    /// for all rows, would make of a record that is there: a blank one nothing.
    mutating func take<Record: EditedRecord>(
        _ record: inout Record, prefix: String = "", requiring required: Set<ImportField> = []
    ) -> Edit<Record> {
        var edited: [String: EditedValue] = [:]
        for field in Record.editedFields {
            let parts = ImportField.parts(of: field, prefix: prefix)
            let isRequired = required.contains(parts[0])
            guard let value = value(of: field.type, parts, isRequired: isRequired) else { continue }
            field.set(value, in: &record)
            // A key says which record it is.
            let isCell = parts.allSatisfy { reader.plan.hasCell($0, in: row) }
            if isCell, field.name != ImportField.externalID.name { edited[field.name] = value }
        }
        return Edit { field in edited[field.name].map { .some($0) } }
    }

    private mutating func value(of type: FieldType, _ parts: [ImportField], isRequired: Bool) -> EditedValue? {
        switch type {
        case .text(let rule): text(parts[0], rule, isRequired: isRequired).map(EditedValue.text)
        case .texts(let rule, let most): texts(parts[0], rule, most: most).map(EditedValue.texts)
        case .word(let type): word(parts[0], type)
        case .instant: instant(parts[0]).map(EditedValue.instant)
        case .span: span(parts[0]).map(EditedValue.span)
        case .estimate: estimate(from: parts[0], to: parts[1]).map(EditedValue.estimate)
        case .flag: flag(parts[0]).map(EditedValue.flag)
        case .words, .businessSpan, .integer, .amount, .currency, .zone:
            preconditionFailure("\(parts[0].name) is of a type that no file has")
        }
    }

    private mutating func word<Word: Vocabulary>(_ field: ImportField, _: Word.Type) -> EditedValue? {
        let word: Word? = word(field)
        return word.map { .text($0.rawValue) }
    }

    /// Separated by commas or semicolons.
    private mutating func texts(_ field: ImportField, _ rule: TextRule, most: Int) -> [String]? {
        guard let value = reader.plan.value(field, in: row) else { return nil }
        var texts: [String] = []
        let parts =
            reader.plan.isOwn
            ? CellList.texts(of: value).map { ExactText($0) }
            : value.unicodeScalars.split(whereSeparator: { $0 == "," || $0 == ";" }).map { ExactText(String($0)) }
        for part in parts where !part.isBlank {
            do {
                texts.append(try rule.checked(part.string))
            } catch {
                note(field, error.code, error.detail)
            }
        }
        texts = FieldType.distinct(texts)
        if texts.count > most {
            note(field, .tooLong, "has \(texts.count) \(field.name); at most \(most) are taken.")
        }
        return texts
    }

    private mutating func estimate(from: ImportField, to: ImportField) -> Estimate? {
        let known = issues.count
        let ends = (from: bound(from), to: bound(to))
        guard let first = ends.from, let last = ends.to else {
            if ends.from != nil || ends.to != nil, issues.count == known {
                note(ends.from == nil ? from : to, .required, "is blank; an estimate has both ends.")
            }
            return nil
        }
        let estimate = Estimate(from: first, to: last)
        guard estimate.isOrdered else {
            note(to, .conflictingFields, "must be of the form of \(from.name), and not before it.")
            return nil
        }
        return estimate
    }

    private mutating func bound(_ field: ImportField) -> Estimate.Bound? {
        guard let value = value(field) else { return nil }
        if let span = try? ElapsedTime(iso8601: value) { return .after(span) }
        return instant(field).map(Estimate.Bound.at)
    }
}
