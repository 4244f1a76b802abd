package import Complaints

/// A JSON value (RFC 8259) as it was sent.
package enum JSONValue: Sendable, Hashable {
    case null
    case boolean(Bool)
    /// A number without a fraction, within 64 bits; `5.0` and `5e0` are 5.
    case integer(Int64)
    /// Any other number, as near as a `Double` is; no field takes one. Nil for one with more digits than the service writes.
    case fraction(Double?)
    case string(ExactText)
    case array([JSONValue])
    /// In the order they came, no name twice.
    case object([Member])

    /// A name and its value.
    package struct Member: Sendable, Hashable {
        package let name: ExactText
        package let value: JSONValue
    }

    /// The most bytes that a name may have; no field's has a tenth of it.
    static let nameLimit = 256

    /// What kind of value it is, for messages.
    var kind: String {
        switch self {
        case .null: "null"
        case .boolean: "a boolean"
        case .integer, .fraction: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
