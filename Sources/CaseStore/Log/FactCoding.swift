import Complaints
import Foundation

/// Facts as JSON: an array of `[name, value]` pairs, so that their order is kept and the bytes are always the same
/// for the same facts, which the hash chain needs.
enum FactCoding {
    static func encode(_ facts: [Fact]) -> String {
        var json = "["
        for (index, fact) in facts.enumerated() {
            json += index == 0 ? "[" : ",["
            append(fact.name, to: &json)
            json += ","
            switch fact.value {
            case .text(let text): append(text, to: &json)
            case .integer(let integer): json += String(integer)
            case .boolean(let boolean): json += boolean ? "true" : "false"
            case .instant(let instant): append(instant.rfc3339, to: &json)
            }
            json += "]"
        }
        return json + "]"
    }

    /// Reads back what `encode` wrote; instants come back as their text.
    static func decode(_ json: String) throws -> [Fact] {
        try JSONDecoder().decode([CodedFact].self, from: Data(json.utf8)).map(\.fact)
    }

    private static func append(_ text: String, to json: inout String) {
        json += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case "\n": json += "\\n"
            case "\u{0}"..<"\u{20}":
                let hex = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: json.unicodeScalars.append(scalar)
            }
        }
        json += "\""
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
                } else {
                    .text(try pair.decode(String.self))
                }
            fact = Fact(name, value)
        }
    }
}
