import Complaints
import Foundation

@testable import CaseAPI

/// What must hold of the decoding of bodies for whatever bytes.
enum JSONCheck {
    /// The claims that do not hold for these bytes.
    static func violations(_ bytes: [UInt8]) -> [String] {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONParser.value(of: bytes)
        } catch {
            return place(of: error, in: bytes)
        }
        return rewriting(of: value) + foundation(bytes, value) + Payloads.violations(value) + texts(in: value)
    }

    /// An error's place is one in the text, or just behind it.
    private static func place(of error: JSONSyntaxError, in bytes: [UInt8]) -> [String] {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.indices.contains(error.line - 1), (1...(lines[error.line - 1].count + 1)).contains(error.column)
        else { return ["\(error) is at no place of the text"] }
        return []
    }

    /// A value written and read again is the same, to the byte: Swift takes texts for equal that differ in those.
    private static func rewriting(of value: JSONValue) -> [String] {
        let bytes = written(value)
        do throws(JSONSyntaxError) {
            let again = try JSONParser.value(of: bytes)
            return written(again) == bytes && again == value ? [] : ["\(value) is read again as \(again)"]
        } catch {
            // Without white space it may have more values than its length allows.
            if error.reason == .tooManyValues { return [] }
            return ["\(value), written again, is refused: \(error)"]
        }
    }

    private static func written(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.value(value)
        return writer.bytes
    }

    /// Foundation, which is less strict, takes what is taken here, and for the same value. It takes texts for equal that
    /// Swift's `==` is true of, and needs as long as Swift to find out.
    private static func foundation(_ bytes: [UInt8], _ value: JSONValue) -> [String] {
        guard value.namesAreASCII else { return [] }
        do {
            let other = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            // It drops a byte order mark that a string begins with, which is a character of the string.
            return value.hasByteOrderMark || isSame(value, other) ? [] : ["Foundation has \(other) for \(value)"]
        } catch {
            // It has no numbers beyond those of Double.
            return value.hasFraction ? [] : ["Foundation refuses \(value): \(error)"]
        }
    }

    private static func isSame(_ value: JSONValue, _ other: Any) -> Bool {
        switch value {
        case .null: other is NSNull
        case .boolean(let flag): other as? Bool == flag
        case .integer(let integer):
            // What has an exponent may be a Double there, which large integers are only near to.
            (other as? NSNumber).map { $0.int64Value == integer || $0.doubleValue == Double(integer) } ?? false
        case .fraction: other is NSNumber
        case .string(let text): (other as? String).map { ExactText($0) } == text
        case .array(let items):
            (other as? [Any]).map { $0.count == items.count && zip(items, $0).allSatisfy(isSame) } ?? false
        case .object(let members):
            (other as? [String: Any]).map { others in
                others.count == members.count
                    && members.allSatisfy { member in
                        others[member.name.string].map { isSame(member.value, $0) } ?? false
                    }
            } ?? false
        }
    }

    /// What is taken for an instant or for a length of time can be written, and is the same when read again.
    private static func texts(in value: JSONValue) -> [String] {
        switch value {
        case .null, .boolean, .integer, .fraction: return []
        case .array(let items): return items.flatMap(texts)
        case .object(let members): return members.flatMap { texts(in: $0.value) }
        case .string(let exact):
            let text = exact.string
            var wrong: [String] = []
            if let instant = try? Instant(rfc3339: text), (try? Instant(rfc3339: instant.rfc3339)) != instant {
                wrong.append("the instant \(text) is written as \(instant.rfc3339)")
            }
            if let span = try? ElapsedTime(iso8601: text), (try? ElapsedTime(iso8601: span.iso8601)) != span {
                wrong.append("the length of time \(text) is written as \(span.iso8601)")
            }
            return wrong
        }
    }
}

extension JSONValue {
    fileprivate var hasFraction: Bool {
        switch self {
        case .fraction: true
        case .array(let items): items.contains(where: \.hasFraction)
        case .object(let members): members.contains(where: \.value.hasFraction)
        default: false
        }
    }

    fileprivate var namesAreASCII: Bool {
        switch self {
        case .array(let items): items.allSatisfy(\.namesAreASCII)
        case .object(let members):
            members.allSatisfy { $0.name.utf8.allSatisfy { $0 < 0x80 } && $0.value.namesAreASCII }
        default: true
        }
    }

    fileprivate var hasByteOrderMark: Bool {
        switch self {
        case .string(let text): text.string.unicodeScalars.contains("\u{FEFF}")
        case .array(let items): items.contains(where: \.hasByteOrderMark)
        case .object(let members):
            members.contains { $0.name.string.unicodeScalars.contains("\u{FEFF}") || $0.value.hasByteOrderMark }
        default: false
        }
    }
}

extension JSONWriter {
    /// A fraction whose Double is an integer has digits beyond it.
    private static func text(of fraction: Double) -> String {
        let text = "\(fraction)"
        return text.hasSuffix(".0") ? text + String(repeating: "0", count: max(0, 31 - text.utf8.count)) + "1" : text
    }

    /// Any value; a fraction that no Double is near to as one that is past all of them.
    fileprivate mutating func value(_ value: JSONValue) {
        switch value {
        case .null: word("null")
        case .boolean(let flag): word(flag ? "true" : "false")
        case .integer(let integer): self.value(integer)
        case .fraction(let number): word(number.map(Self.text(of:)) ?? "1e400")
        case .string(let text): self.value(text.string)
        case .array(let items): array { json in for item in items { json.value(item) } }
        case .object(let members):
            object { json in
                for member in members {
                    json.begin(named: member.name.string)
                    json.needsComma = false
                    json.value(member.value)
                }
            }
        }
    }

    private mutating func word(_ word: String) {
        beginItem()
        append(word)
        needsComma = true
    }
}
