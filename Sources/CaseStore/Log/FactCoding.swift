import Complaints
import Foundation

/// Facts as JSON: an array of `[name, value]` pairs, so that their order is kept and the bytes are always the same
/// for the same facts, which the hash chain needs.
enum FactCoding {
    static func encode(_ facts: [Fact]) -> String {
        String(decoding: bytes(facts), as: UTF8.self)
    }

    /// The same as the bytes of the text.
    static func bytes(_ facts: [Fact]) -> [UInt8] {
        pairs(facts) { fact, json in
            append(fact.name, to: &json)
            json.append(UInt8(ascii: ","))
            switch fact.value {
            case .text(let text): append(text, to: &json)
            case .texts(let texts): append(texts, to: &json)
            case .integer(let integer): json.append(String(integer))
            case .boolean(let boolean): json.append(boolean ? "true" : "false")
            case .instant(let instant): instant.withRFC3339 { append($0, to: &json) }
            }
        }
    }

    /// The same for facts that are texts.
    static func bytes(_ texts: [(name: String, text: String)]) -> [UInt8] {
        pairs(texts) { fact, json in
            append(fact.name, to: &json)
            json.append(UInt8(ascii: ","))
            append(fact.text, to: &json)
        }
    }

    @inline(__always)
    private static func pairs<Item>(_ items: [Item], _ write: (Item, inout ByteBuffer) -> Void) -> [UInt8] {
        // Most facts are a name and a word.
        var json = ByteBuffer(capacity: 48 * items.count + 2)
        json.append(UInt8(ascii: "["))
        for index in items.indices {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            json.append(UInt8(ascii: "["))
            write(items[index], &json)
            json.append(UInt8(ascii: "]"))
        }
        json.append(UInt8(ascii: "]"))
        return json.bytes
    }

    /// Reads back what `encode` wrote; instants come back as their text.
    static func decode(_ json: String) throws -> [Fact] {
        try FactScanner.facts(in: json) ?? decodeAnyForm(json)
    }

    /// The same of facts in whatever form JSON has for them.
    static func decodeAnyForm(_ json: String) throws -> [Fact] {
        try JSONDecoder().decode([CodedFact].self, from: Data(json.utf8)).map(\.fact)
    }

    /// The text of that name; nil when there is none.
    static func text(_ name: String, in json: String) -> String? {
        texts([name], in: json).first
    }

    /// The texts of those names, of lists each, in their order in what `encode` wrote. Much cheaper than to decode it.
    static func texts(_ names: Set<String>, in json: String) -> [String] {
        var json = json
        return json.withUTF8 { bytes in
            var texts: [String] = []
            var rest = bytes[...]
            // Only texts have quotes, so the next one after a value begins a name.
            while let start = rest.firstIndex(of: quote) {
                rest = rest[(start + 1)...]
                let isWanted = names.contains(takeString(&rest))
                // The comma.
                rest = rest.dropFirst()
                let isList = rest.first == UInt8(ascii: "[")
                if isList { rest = rest.dropFirst() }
                while rest.first == quote {
                    rest = rest.dropFirst()
                    let text = takeString(&rest)
                    if isWanted { texts.append(text) }
                    if isList, rest.first == UInt8(ascii: ",") { rest = rest.dropFirst() }
                }
            }
            return texts
        }
    }

    /// Takes a string whose first quote is gone, and its last.
    private static func takeString(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> String {
        var text: [UInt8] = []
        while let end = rest.firstIndex(where: { $0 == quote || $0 == backslash }) {
            let plain = rest[..<end]
            let isEnd = rest[end] == quote
            rest = rest[(end + 1)...]
            if isEnd, text.isEmpty { return String(decoding: plain, as: UTF8.self) }
            text.append(contentsOf: plain)
            if isEnd { break }
            switch rest.popFirst() {
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "u"):
                text.append(UInt8(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16) ?? 0)
                rest = rest.dropFirst(4)
            case let escaped?: text.append(escaped)
            case nil: break
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The whole number of that name, in the same way.
    static func integer(_ name: StaticString, in json: String) -> Int64? {
        guard let found = json.utf8.firstRange(of: Array("[\"\(name)\",".utf8)) else { return nil }
        return Int64(Substring(json.utf8[found.upperBound...].prefix { $0 != UInt8(ascii: "]") }))
    }

    /// Whether the fact of that name is there and true, in the same way.
    static func flag(_ name: StaticString, in json: String) -> Bool {
        json.utf8.firstRange(of: Array("[\"\(name)\",true]".utf8)) != nil
    }

    /// Whether the fact of that name is there and false, in the same way.
    static func denial(_ name: StaticString, in json: String) -> Bool {
        json.utf8.firstRange(of: Array("[\"\(name)\",false]".utf8)) != nil
    }

    /// What kind of threat a concession stands beside, in the same way; nil when it stands beside none.
    static func shadow(in json: String) -> ThreatShadow? {
        text("under_threat", in: json).flatMap(ThreatShadow.init(rawValue:))
            ?? (flag("under_threat", in: json) ? .unassessed : nil)
    }

    /// The facts of an entry as entries have them today: older versions knew of one kind of threat beside a concession.
    static func decodeAsToday(_ json: String) throws -> [Fact] {
        try decode(json).map { fact in
            guard fact.name == "under_threat", fact.value == .boolean(true) else { return fact }
            return Fact(fact.name, .text(ThreatShadow.unassessed.rawValue))
        }
    }

    /// The amount of that name with the entry's currency, in the same way.
    static func money(_ name: StaticString, in json: String) -> Money? {
        guard let amount = integer(name, in: json), let currency = text("currency", in: json).flatMap(Currency.init)
        else { return nil }
        return Money(amount: amount, currency: currency)
    }

    /// Texts as a JSON array of strings: UTF-8, with no more escaped than JSON asks for.
    static func bytes(_ texts: [String]) -> [UInt8] {
        var json = ByteBuffer(capacity: 24 * texts.count + 2)
        append(texts, to: &json)
        return json.bytes
    }

    private static func append(_ texts: [String], to json: inout ByteBuffer) {
        json.append(UInt8(ascii: "["))
        for (index, text) in texts.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            append(text, to: &json)
        }
        json.append(UInt8(ascii: "]"))
    }

    private static func append(_ text: String, to json: inout ByteBuffer) {
        var text = text
        text.withUTF8 { append($0, to: &json) }
    }

    private static func append(_ text: UnsafeBufferPointer<UInt8>, to json: inout ByteBuffer) {
        json.append(quote)
        // Most texts have nothing to escape, so they are taken over in runs.
        var start = 0
        while true {
            let special = text.plainEnd(from: start)
            json.append(UnsafeBufferPointer(rebasing: text[start..<special]))
            guard special < text.count else { break }
            switch text[special] {
            case 0x0A: json.append("\\n")
            case let byte where byte < 0x20:
                let digits = String(byte, radix: 16)
                json.append(digits.utf8.count < 2 ? "\\u000" : "\\u00")
                json.append(digits)
            case let byte:
                json.append(backslash)
                json.append(byte)
            }
            start = special + 1
        }
        json.append(quote)
    }

    private static var quote: UInt8 { UInt8(ascii: "\"") }
    private static var backslash: UInt8 { UInt8(ascii: "\\") }

    private struct CodedFact: Decodable {
        let fact: Fact

        init(from decoder: any Decoder) throws {
            var pair = try decoder.unkeyedContainer()
            let name = try pair.decode(String.self)
            let value: Fact.Value =
                if let boolean = try? pair.decode(Bool.self) {
                    .boolean(boolean)
                } else if let integer = try? pair.decode(Int64.self) {
                    .integer(integer)
                } else if let texts = try? pair.decode([String].self) {
                    .texts(texts)
                } else {
                    .text(try pair.decode(String.self))
                }
            fact = Fact(name, value)
        }
    }
}
