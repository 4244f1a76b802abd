import CaseAPI
import Complaints

// What the API answers, looked into.
extension JSONValue {
    /// A member of an object; null where there is none.
    subscript(name: String) -> JSONValue {
        let name = ExactText(name)
        return members.first { $0.name == name }?.value ?? .null
    }

    var text: String? {
        if case .string(let text) = self { text.string } else { nil }
    }

    var integer: Int64? {
        if case .integer(let integer) = self { integer } else { nil }
    }

    /// A number, with or without a fraction.
    var number: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .fraction(let number): number
        case .null, .boolean, .string, .array, .object: nil
        }
    }

    var isTrue: Bool {
        if case .boolean(let flag) = self { flag } else { false }
    }

    var isNull: Bool {
        if case .null = self { true } else { false }
    }

    var items: [JSONValue] {
        if case .array(let items) = self { items } else { [] }
    }
}
