// A description is a tree of JSON, and reads like one.

import Complaints

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
    package init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(members.map { Member(name: ExactText($0.0), value: $0.1) })
    }

    package init(arrayLiteral items: JSONValue...) { self = .array(items) }

    package init(stringLiteral text: String) { self = .string(ExactText(text)) }

    package init(integerLiteral integer: Int64) { self = .integer(integer) }

    package init(booleanLiteral flag: Bool) { self = .boolean(flag) }

    package init(nilLiteral: ()) { self = .null }
}

extension JSONValue {
    /// An object of these members, in their order.
    package static func members(_ members: [(name: String, value: JSONValue)]) -> JSONValue {
        .object(members.map { Member(name: ExactText($0.name), value: $0.value) })
    }

    /// A string.
    package static func string(_ text: String) -> JSONValue { .string(ExactText(text)) }

    /// Strings.
    package static func texts(_ texts: some Sequence<String>) -> JSONValue {
        .array(texts.map { .string($0) })
    }

    /// An object's members; none of anything else.
    package var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    /// The object with a member more; one of that name gives way to it.
    package func setting(_ name: String, _ value: JSONValue) -> JSONValue {
        var members = members
        let member = Member(name: ExactText(name), value: value)
        if let index = members.firstIndex(where: { $0.name == member.name }) {
            members[index] = member
        } else {
            members.append(member)
        }
        return .object(members)
    }
}

extension JSONWriter {
    /// A whole text, an item of an array, or the value of the name just written.
    ///
    /// - Precondition: there is no `fraction` in it, whose value is not kept.
    mutating func write(_ value: JSONValue) {
        switch value {
        case .string(let text): self.value(text.string)
        case .integer(let integer): self.value(integer)
        case .null: word("null")
        case .boolean(let flag): word(flag ? "true" : "false")
        case .fraction: preconditionFailure("a fraction has no value to write")
        case .array(let items): array { for item in items { $0.write(item) } }
        case .object(let members):
            object { json in
                for member in members {
                    json.begin(named: member.name.string)
                    json.needsComma = false
                    json.write(member.value)
                }
            }
        }
    }

    private mutating func word(_ word: StaticString) {
        beginItem()
        append(word)
        needsComma = true
    }
}
