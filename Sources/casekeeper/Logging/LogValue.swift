import Logging

/// A value of a line of the log. Programs get numbers as numbers.
enum LogValue: Hashable {
    case text(String)
    case integer(Int64)
    case boolean(Bool)

    init(_ value: Logger.MetadataValue) {
        guard case .stringConvertible(let value) = value else {
            self = .text("\(value)")
            return
        }
        switch value {
        case let value as Bool: self = .boolean(value)
        case let value as any BinaryInteger:
            self = Int64(exactly: value).map(LogValue.integer) ?? .text("\(value)")
        default: self = .text("\(value)")
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
