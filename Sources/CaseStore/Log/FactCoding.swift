import Complaints
import Foundation

/// Facts as JSON: an array of `[name, value]` pairs, so that their order is kept and the bytes are always the same
/// for the same facts, which the hash chain needs.
enum FactCoding {
    static func encode(_ facts: [Fact]) -> String {
        var json: [UInt8] = [UInt8(ascii: "[")]
        json.reserveCapacity(64 * facts.count)
        for (index, fact) in facts.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            json.append(UInt8(ascii: "["))
            append(fact.name.utf8, to: &json)
            json.append(UInt8(ascii: ","))
            switch fact.value {
            case .text(let text): append(text.utf8, to: &json)
            case .texts(let texts):
                json.append(UInt8(ascii: "["))
                for (index, text) in texts.enumerated() {
                    if index > 0 { json.append(UInt8(ascii: ",")) }
                    append(text.utf8, to: &json)
                }
                json.append(UInt8(ascii: "]"))
            case .integer(let integer): json += Array(String(integer).utf8)
            case .boolean(let boolean): json += Array((boolean ? "true" : "false").utf8)
            case .instant(let instant): append(instant.rfc3339Bytes, to: &json)
            }
            json.append(UInt8(ascii: "]"))
        }
        json.append(UInt8(ascii: "]"))
        return String(decoding: json, as: UTF8.self)
    }

    /// Reads back what `encode` wrote; instants come back as their text.
    static func decode(_ json: String) throws -> [Fact] {
        try JSONDecoder().decode([CodedFact].self, from: Data(json.utf8)).map(\.fact)
    }

    /// The text of that name, without reading the rest; nil when there is none. Within a string the quotes of what is
    /// looked for would be escaped, so what is found is a name.
    static func text(_ name: StaticString, in json: String) -> String? {
        guard let found = json.utf8.firstRange(of: Array("[\"\(name)\",\"".utf8)) else { return nil }
        var text: [UInt8] = []
        var rest = json.utf8[found.upperBound...]
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            guard byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() else {
                text.append(byte)
                continue
            }
            switch escaped {
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "u"):
                text.append(UInt8(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16) ?? 0)
                rest = rest.dropFirst(4)
            default: text.append(escaped)
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

    /// The amount of that name with the entry's currency, in the same way.
    static func money(_ name: StaticString, in json: String) -> Money? {
        guard let amount = integer(name, in: json), let currency = text("currency", in: json).flatMap(Currency.init)
        else { return nil }
        return Money(amount: amount, currency: currency)
    }

    private static func append(_ text: some Collection<UInt8>, to json: inout [UInt8]) {
        let quote = UInt8(ascii: "\"")
        let backslash = UInt8(ascii: "\\")
        json.append(quote)
        for byte in text {
            switch byte {
            case quote, backslash: json += [backslash, byte]
            case 0x0A: json += [backslash, UInt8(ascii: "n")]
            case 0..<0x20:
                let digits = Array(String(byte, radix: 16).utf8)
                json += Array("\\u00".utf8) + (digits.count < 2 ? [UInt8(ascii: "0")] : []) + digits
            default: json.append(byte)
            }
        }
        json.append(quote)
    }

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
