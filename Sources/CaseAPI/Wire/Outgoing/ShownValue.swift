import Complaints

/// A value that answers show: how it is written as JSON, and what its cell in CSV has.
protocol ShownValue: Sendable {
    /// Whether there may be none: null in JSON, and nothing in its cell.
    static var mayBeNull: Bool { get }

    /// As the value of the name just written.
    func write(to json: inout JSONWriter)

    var cell: CSVCell { get }
}

extension ShownValue {
    static var mayBeNull: Bool { false }
}

extension Optional: ShownValue where Wrapped: ShownValue {
    static var mayBeNull: Bool { true }

    func write(to json: inout JSONWriter) {
        if let self { self.write(to: &json) } else { json.append("null" as StaticString) }
    }

    var cell: CSVCell { self?.cell ?? .empty }
}

extension String: ShownValue {
    func write(to json: inout JSONWriter) { json.append(escaped: self) }
    var cell: CSVCell { .text(self) }
}

extension Int64: ShownValue {
    func write(to json: inout JSONWriter) { json.append(self) }
    var cell: CSVCell { .plain(String(self)) }
}

extension Int: ShownValue {
    func write(to json: inout JSONWriter) { json.append(Int64(self)) }
    var cell: CSVCell { .plain(String(self)) }
}

/// A finite number, in the shortest form that reads back the same.
extension Double: ShownValue {
    func write(to json: inout JSONWriter) { json.append(description) }
    var cell: CSVCell { .number(description) }
}

extension Bool: ShownValue {
    func write(to json: inout JSONWriter) { json.append(self ? "true" : "false" as StaticString) }
    var cell: CSVCell { .plain(self ? "true" : "false") }
}

extension Instant: ShownValue {
    func write(to json: inout JSONWriter) {
        json.append(UInt8(ascii: "\""))
        withRFC3339 { json.append($0) }
        json.append(UInt8(ascii: "\""))
    }

    var cell: CSVCell { .instant(self) }
}

extension BusinessSpan: ShownValue {
    func write(to json: inout JSONWriter) { json.append(escaped: iso8601) }
    var cell: CSVCell { .plain(iso8601) }
}

extension ElapsedTime: ShownValue {
    func write(to json: inout JSONWriter) { json.append(escaped: iso8601) }
    var cell: CSVCell { .plain(iso8601) }
}

/// A length of time in seconds with three decimals, so that no millisecond of it is lost.
struct ExactSeconds: ShownValue {
    let time: ElapsedTime

    private var text: String {
        let (seconds, milliseconds) = time.milliseconds.quotientAndRemainder(dividingBy: 1000)
        precondition(milliseconds >= 0, "a length of time is not negative")
        return "\(seconds).\(String(milliseconds + 1000).dropFirst())"
    }

    func write(to json: inout JSONWriter) { json.append(text) }
    var cell: CSVCell { .number(text) }
}

/// A length of time in days of 24 hours with three decimals, rounded down.
struct ExactDays: ShownValue {
    let time: ElapsedTime

    private var text: String {
        let (days, thousandths) = (time.milliseconds / 86_400).quotientAndRemainder(dividingBy: 1000)
        precondition(thousandths >= 0, "a length of time is not negative")
        return "\(days).\(String(thousandths + 1000).dropFirst())"
    }

    func write(to json: inout JSONWriter) { json.append(text) }
    var cell: CSVCell { .number(text) }
}

/// A list, which a cell has as one text.
extension Array: ShownValue where Element: ShownValue {
    func write(to json: inout JSONWriter) {
        json.needsComma = false
        json.array { json in
            for element in self {
                json.beginItem()
                element.write(to: &json)
                json.needsComma = true
            }
        }
    }

    var cell: CSVCell { .text(CellList.text(of: map { $0.cell.text })) }
}

/// A word of a closed set, as the value that it is shown as.
struct ShownWord<Word: Vocabulary>: ShownValue {
    let word: Word

    func write(to json: inout JSONWriter) { json.append(escaped: word.rawValue) }
    var cell: CSVCell { .plain(word.rawValue) }
}
