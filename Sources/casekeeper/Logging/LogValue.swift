import Logging

/// A value of a line of the log. Programs get numbers as numbers.
enum LogValue: Hashable {
    case text(String)
    case integer(Int64)
    case boolean(Bool)

    init(_ value: Logger.MetadataValue) {
        switch value {
        case .string(let text): self = .text(text)
        case .stringConvertible(let value): self = Self.value(of: value)
        default: self = .text("\(value)")
        }
    }

    private static func value(of value: any CustomStringConvertible) -> LogValue {
        switch value {
        // Before any other integer: to ask for a protocol's conformance is dear, and every request has three.
        case let value as Int: .integer(Int64(value))
        case let value as Int64: .integer(value)
        case let value as Bool: .boolean(value)
        case let value as any BinaryInteger: Int64(exactly: value).map(LogValue.integer) ?? .text("\(value)")
        default: .text("\(value)")
        }
    }

    /// As people read it.
    var text: String {
        switch self {
        case .text(let text): text
        case .integer(let integer): "\(integer)"
        case .boolean(let boolean): "\(boolean)"
        }
    }
}
