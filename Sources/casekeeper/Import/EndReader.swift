import Complaints

/// Reads how a case ended of a row of an export of Casekeeper, and notes what can't be read.
struct EndReader {
    let plan: BoundPlan
    let dates: DateForms
    let row: [String]
    private(set) var issues: [FieldIssue] = []

    init(plan: BoundPlan, dates: DateForms, row: [String]) {
        self.plan = plan
        self.dates = dates
        self.row = row
    }

    /// How it ended; nil where it goes on, or has no cell that says when it did.
    mutating func end() -> ImportedEnd? {
        guard has(.resolvedAt) else {
            if let other = OwnExport.End.allCases.first(where: has) {
                note(.resolvedAt, .required, "is blank, and the row has \(other.rawValue): when was it resolved?")
            }
            return nil
        }
        let resolvedAt = instant(.resolvedAt)
        var ending = CaseEnding(outcome: word(.outcome))
        if hasBoth(.redressAmount, .redressCurrency) {
            let amount = value(.redressAmount, "is no whole number of minor units.") {
                Int64($0).flatMap { $0 < 0 ? nil : $0 }
            }
            let currency = value(.redressCurrency, "is no code of a currency.") { Currency($0) }
            if let amount, let currency { ending.redress = Money(amount: amount, currency: currency) }
        }
        if hasBoth(.finalResponseSentAt, .finalResponseChannel) {
            let sentAt = instant(.finalResponseSentAt)
            let channel: Channel? = word(.finalResponseChannel)
            if let sentAt, let channel { ending.finalResponse = FinalResponse(sentAt: sentAt, channel: channel) }
        }
        let closedAt = instant(.closedAt)
        let accepted = value(.customerAccepted, "is neither true nor false.") { Bool($0) }
        let duplicateOf = value(.duplicateOf, "is no id of a case.") { Int64($0) }
        return resolvedAt.map { resolvedAt in
            ImportedEnd(
                resolvedAt: PastInstant(resolvedAt), closedAt: closedAt.map { PastInstant($0) },
                customerAccepted: accepted, ending: ending, duplicateOf: duplicateOf)
        }
    }

    private func has(_ column: OwnExport.End) -> Bool { plan.end(column, in: row) != nil }

    /// Two columns of one thing have both a value or neither.
    private mutating func hasBoth(_ first: OwnExport.End, _ second: OwnExport.End) -> Bool {
        guard has(first) != has(second) else { return has(first) }
        let (blank, other) = has(first) ? (second, first) : (first, second)
        note(blank, .required, "is blank, and \(other.rawValue) is not.")
        return false
    }

    private mutating func note(_ column: OwnExport.End, _ code: FieldIssue.Code, _ detail: String) {
        issues.append(FieldIssue(FieldPath([column.rawValue]), code, detail))
    }

    private mutating func value<Value>(
        _ column: OwnExport.End, _ fault: String, code: FieldIssue.Code = .invalidValue, _ read: (String) -> Value?
    ) -> Value? {
        guard let text = plan.end(column, in: row) else { return nil }
        if let value = read(text) { return value }
        note(column, code, "'\(text)' \(fault)")
        return nil
    }

    private mutating func instant(_ column: OwnExport.End) -> Instant? {
        value(column, "is no date.", code: .invalidInstant) { [dates] in try? dates.instant($0) }
    }

    private mutating func word<Word: Vocabulary>(_ column: OwnExport.End) -> Word? {
        value(column, "is not one of \(Word.words).") { Word(rawValue: $0) }
    }
}
