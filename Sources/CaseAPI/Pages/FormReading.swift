package import Complaints

/// How what was typed into a form is understood.
package struct FormReading: Sendable {
    /// By whose clocks dates and times were typed.
    let zone: Zone
    /// When the form is read.
    let now: Instant
    let durations: DurationWords

    package init(zone: Zone, now: Instant, durations: DurationWords) {
        self.zone = zone
        self.now = now
        self.durations = durations
    }
}

/// Why what was typed into a field is not what the field has: it goes on as it is, and the API refuses it, in words for programs.
package enum TypingFault: Sendable, Hashable {
    /// Clocks never show that time.
    case skipped
    /// Clocks show it twice.
    case twice(Instant, Instant)
    /// No date and time.
    case noInstant
    /// No length of time.
    case noDuration
    /// No whole number.
    case noNumber
}

extension BodyField {
    /// What was typed, as the body has it, or why it is none of what the field has; what was left empty is nothing.
    package func value(typed text: String, _ reading: FormReading) -> Result<JSONValue, TypedAsItIs>? {
        guard !text.isEmpty else { return nil }
        func asItIs(_ fault: TypingFault) -> Result<JSONValue, TypedAsItIs> { .failure(TypedAsItIs(fault: fault)) }
        switch kind {
        case .flag:
            return .success(
                text.isExactly("true") ? .boolean(true) : text.isExactly("false") ? .boolean(false) : .string(text))
        case .number:
            // Numbers are written in one way only, as JSON has them.
            guard let number = Int64(text), String(number).isExactly(text) else { return asItIs(.noNumber) }
            return .success(.integer(number))
        case .instant:
            switch TypedInstant(typed: text, in: reading.zone, latest: isPast ? reading.now : nil) {
            case .instant(let instant): return .success(.string(instant.rfc3339))
            case .skipped: return asItIs(.skipped)
            case .twice(let first, let second): return asItIs(.twice(first, second))
            case .unreadable: return asItIs(.noInstant)
            }
        case .duration:
            guard let duration = reading.durations.duration(typed: text) else { return asItIs(.noDuration) }
            return .success(.string(duration))
        case .texts:
            let lines = text.split(separator: "\n").filter { !ExactText($0).isBlank }
            return lines.isEmpty ? nil : .success(.texts(lines.map(String.init)))
        case .line, .text, .words, .date: return .success(.string(text))
        }
    }
}

/// What was typed goes on as the text that it is.
package struct TypedAsItIs: Error, Sendable, Hashable {
    package let fault: TypingFault
}
