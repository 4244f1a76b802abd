import CaseStore
import Complaints
import Hashing

@testable import CaseAPI

/// What must hold of the reading of query strings for whatever text.
enum QueryCheck {
    /// The claims that do not hold for these bytes. What is not UTF-8 never gets past the request parser.
    static func violations(_ bytes: [UInt8]) -> [String] {
        guard let text = String(validating: bytes, as: UTF8.self) else { return [] }
        return parameters(text) + base64(text) + cursors(bytes)
    }

    private static func parameters(_ text: String) -> [String] {
        guard let parameters = try? QueryParameters(text) else { return [] }
        var wrong: [String] = []
        let kept = parameters.pairs.filter { $0.name != "cursor" }
        let written = parameters.encoded(setting: "cursor", to: "&= \u{1F600}%")
        if let again = try? QueryParameters(written) {
            let last = QueryParameters.Pair(name: "cursor", value: "&= \u{1F600}%")
            if spelled(again.pairs) != spelled(kept + [last]) { wrong.append("\(text) is written as \(written)") }
        } else {
            wrong.append("\(text) is written as \(written), which is refused")
        }

        var promises = QueryReader(parameters)
        _ = PromiseFilter(&promises)
        var cases = QueryReader(parameters)
        _ = CaseFilter(&cases)
        for reader in [promises, cases] {
            var reader = reader
            let page = PageParameters(&reader, of: CaseView.shown.map(\.memberName), hasHistory: true)
            if let limit = page.limit, !(1...500).contains(limit) { wrong.append("a limit of \(limit) was taken") }
            if let asOf = page.asOf, asOf < .earliest || asOf > .latest {
                wrong.append("as_of is \(asOf.milliseconds) ms")
            }
            _ = reader.finished().issues.problem.response(requestID: "r")
        }
        return wrong
    }

    /// Byte by byte: Swift takes texts for equal that differ in those.
    private static func spelled(_ pairs: [QueryParameters.Pair]) -> [[UInt8]] {
        pairs.flatMap { [Array($0.name.utf8), Array($0.value.utf8)] }
    }

    private static func base64(_ text: String) -> [String] {
        guard let bytes = Base64URL.decode(text) else { return [] }
        return Base64URL.encode(bytes) == text ? [] : ["\(text) is a second spelling of \(bytes)"]
    }

    /// Of whatever numbers a cursor is made, it is read as those or not at all, and never with another query.
    private static func cursors(_ bytes: [UInt8]) -> [String] {
        guard let query = fingerprint("state=open"), let other = fingerprint("state=kept") else { return ["no query"] }
        let numbers = (0..<3).map { index in
            bytes.dropFirst(8 * index).prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        }
        let cursor = Cursor(
            asOf: Instant(milliseconds: Int64(bitPattern: numbers[0])),
            after: PageKey(
                value: bytes.count % 2 == 0 ? nil : Int64(bitPattern: numbers[1]), id: Int64(bitPattern: numbers[2])))
        let text = cursor.text(of: query, key: key)
        var wrong: [String] = []
        let isInRange = cursor.asOf >= .earliest && cursor.asOf <= .latest && cursor.after.isPossible
        if Cursor(text, of: query, key: key) != (isInRange ? cursor : nil) {
            wrong.append("\(cursor) is not what \(text) says")
        }
        if Cursor(text, of: other, key: key) != nil { wrong.append("\(text) is taken with another query") }
        if let free = Cursor(String(decoding: bytes, as: UTF8.self), of: query, key: key),
            Array(free.text(of: query, key: key).utf8) != bytes
        {
            wrong.append("\(free) has two spellings")
        }
        return wrong
    }

    private static let key = HMACSHA256(key: Array(1...32))

    private static func fingerprint(_ query: String) -> Fingerprint? {
        (try? QueryParameters(query)).map { Fingerprint(path: "/v1/promises", parameters: $0) }
    }
}
