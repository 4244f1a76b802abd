import Complaints
import Foundation

@testable import CaseAPI

/// An answer as it came.
struct TestResponse: Sendable {
    let status: Int
    /// By name in lower case.
    let fields: [String: String]
    let body: [UInt8]

    init(_ bytes: [UInt8]) {
        // With the empty line that ends it.
        let headLength = bytes.place(of: Array("\r\n\r\n".utf8)).map { $0 + 4 } ?? bytes.count
        var lines = Array(bytes[..<headLength]).pieces(separatedBy: [0x0D, 0x0A]).filter { !$0.isEmpty }
        let statusLine = lines.isEmpty ? [] : lines.removeFirst().split(separator: " ")
        status = statusLine.count > 1 ? Int(statusLine[1]) ?? 0 : 0
        fields = Dictionary(
            lines.compactMap { line in
                line.firstIndex(of: ":").map {
                    (line[..<$0].lowercased(), String(line[line.index(after: $0)...].trimmingSpaces))
                }
            }, uniquingKeysWith: { "\($0), \($1)" })
        let rest = Array(bytes[headLength...])
        body = fields["transfer-encoding"] == "chunked" ? Self.unchunked(rest) : rest
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    private static func unchunked(_ bytes: [UInt8]) -> [UInt8] {
        var body: [UInt8] = []
        var rest = bytes[...]
        while let lineEnd = rest.firstIndex(of: 0x0D) {
            let size = Int(String(decoding: rest[..<lineEnd], as: UTF8.self), radix: 16) ?? 0
            guard size > 0 else { break }
            let start = lineEnd + 2
            body += rest[start..<start + size]
            rest = rest[(start + size + 2)...]
        }
        return body
    }
}

/// An answer with its JSON.
struct JSONAnswer: Sendable {
    let response: TestResponse
    let json: JSONValue

    init(_ response: TestResponse) {
        self.response = response
        json = (try? JSONParser.value(of: response.body)) ?? .null
    }

    var status: Int { response.status }
    var fields: [String: String] { response.fields }
    /// The code of a problem.
    var code: String? { json["code"].text }
    /// What is wrong, as `pointer code` or `parameter code`.
    var errors: [String] {
        json["errors"].items.map {
            "\($0["pointer"].text ?? $0["parameter"].text ?? "?") \($0["code"].text ?? "?")"
        }
    }

    subscript(name: String) -> JSONValue { json[name] }
}

extension JSONValue {
    /// The member of that name; null when there is none.
    subscript(name: String) -> JSONValue {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.name == ExactText(name) }?.value ?? .null
    }

    subscript(index: Int) -> JSONValue {
        items.indices.contains(index) ? items[index] : .null
    }

    var text: String? { if case .string(let text) = self { text.string } else { nil } }
    var integer: Int64? { if case .integer(let integer) = self { integer } else { nil } }
    var flag: Bool? { if case .boolean(let flag) = self { flag } else { nil } }
    var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
    /// A case or promise as it is read again: without what whoever made a promise was told.
    var withoutAdvice: JSONValue {
        switch self {
        case .object(let members):
            .object(
                members.filter { !["load", "warnings"].contains($0.name) }
                    .map { Member(name: $0.name, value: $0.value.withoutAdvice) })
        case .array(let items): .array(items.map(\.withoutAdvice))
        default: self
        }
    }

    var names: [String] { if case .object(let members) = self { members.map(\.name.string) } else { [] } }
}
