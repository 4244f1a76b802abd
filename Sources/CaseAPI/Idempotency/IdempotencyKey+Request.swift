import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

extension HTTPField.Name {
    /// A client's own name for a request, by which a retry is known for one (the draft of the HTTPAPI working group).
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
    /// Says that an answer is the one that an earlier request got.
    static let idempotencyReplayed = HTTPField.Name("Idempotency-Replayed")!
}

extension IdempotencyKey {
    /// In characters.
    static let longest = 255

    /// The key that a POST came with; nil when it has none. Other methods can be repeated as they are, but for a form's: who sends
    /// one twice is told twice that it is done.
    ///
    /// - Throws: 400 when it is no key.
    init?(_ call: Call) throws(Problem) {
        guard call.request.method == .post || call.visit != nil, let field = call.request.headerFields[.idempotencyKey]
        else { return nil }
        guard let key = field.ascii.flatMap(Self.key), (1...Self.longest).contains(key.utf8.count) else {
            var issues = QueryIssues()
            issues.append(
                HTTPField.Name.idempotencyKey.rawName, .invalidParameter, word: .invalidValue,
                "must be one key of 1 to \(Self.longest) visible ASCII characters, such as a UUID, quoted or not.")
            throw issues.problem
        }
        self.init(
            key, tokenID: call.actor.tokenID, method: call.request.method.rawValue, path: call.request.path,
            content: call.request.body + Self.actor(call))
    }

    /// The same body is another request when somebody else sends it who shares the token: me is them. No body has NUL in it.
    private static func actor(_ call: Call) -> [UInt8] {
        call.request.headerFields.contains(.actor) ? [0] + Array(call.actor.name.utf8) : []
    }

    /// A string of RFC 9651 section 3.3.3, or the bare characters. A comma can only come from a second key.
    private static func key(_ field: String) -> String? {
        guard field.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        guard field.first == "\"" else {
            return field.contains { " \",;\\".contains($0) } ? nil : String(field)
        }
        var key = ""
        var rest = field.dropFirst()
        while let character = rest.popFirst() {
            switch character {
            case "\"": return rest.isEmpty ? key : nil
            case "\\":
                guard let escaped = rest.popFirst(), escaped == "\"" || escaped == "\\" else { return nil }
                key.append(escaped)
            default: key.append(character)
            }
        }
        return nil
    }
}
