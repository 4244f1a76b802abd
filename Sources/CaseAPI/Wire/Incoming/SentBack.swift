import Complaints

/// What the body of a PUT has of what only the service writes: whoever changes a resource sends back what GET gave of it, with its
/// name, its version and when that was recorded. It is as if it were left out, while it is what there is.
struct SentBack: Sendable {
    private let members: [JSONValue.Member]

    /// Members of the body's object, in its order.
    init(_ members: [JSONValue.Member] = []) {
        self.members = members
    }

    /// What is wrong with it: whatever is not as GET gives it.
    ///
    /// - Parameters:
    ///   - subject: what is to be changed, as it is on record; nil for what is made.
    ///   - shown: how GET gives it.
    func issues<Value>(of subject: Value?, _ shown: [Shown<Value>]) -> [FieldIssue] {
        guard !members.isEmpty else { return [] }
        let there = subject.map { Self.members(of: $0, shown) } ?? []
        return members.compactMap { member in
            guard let known = there.first(where: { $0.name == member.name })?.value else {
                return issue(member, "there is nothing yet that it could be of.")
            }
            if known.isSame(as: member.value) { return nil }
            return issue(member, known.words.map { "it is \($0) by now." } ?? "it is not what GET gives by now.")
        }
    }

    private func issue(_ member: JSONValue.Member, _ why: String) -> FieldIssue {
        FieldIssue(FieldPath.body / member.name.string, .readOnlyField, "can't be written, and \(why) Leave it out.")
    }

    private static func members<Value>(of subject: Value, _ shown: [Shown<Value>]) -> [JSONValue.Member] {
        var json = JSONWriter(capacity: 4096)
        json.write(subject, shown)
        guard case .object(let members)? = try? JSONParser.value(of: json.bytes) else {
            preconditionFailure("what is answered is an object")
        }
        return members
    }
}

extension JSONValue {
    /// Whether both say the same: the members of an object stand in no order.
    func isSame(as other: JSONValue) -> Bool {
        switch (self, other) {
        case (.fraction, _), (_, .fraction): false
        case (.array(let a), .array(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.isSame(as: $1) }
        case (.object(let a), .object(let b)): a.count == b.count && Self.isSame(a, b)
        default: self == other
        }
    }

    private static func isSame(_ a: [Member], _ b: [Member]) -> Bool {
        let values = Dictionary(uniqueKeysWithValues: b.map { ($0.name, $0.value) })
        return a.allSatisfy { member in values[member.name].map { $0.isSame(as: member.value) } ?? false }
    }

    /// A short value as it is written; nil for what is long.
    fileprivate var words: String? {
        switch self {
        case .null: "null"
        case .boolean(let value): String(value)
        case .integer(let value): String(value)
        case .string(let text) where text.string.utf8.count <= 200: text.string
        case .string, .fraction, .array, .object: nil
        }
    }
}
