/// What is wrong with one field of what was sent (422).
public struct FieldIssue: Sendable, Hashable {
    public enum Code: String, Vocabulary {
        case required
        case unknownField = "unknown_field"
        case readOnlyField = "read_only_field"
        case wrongType = "wrong_type"
        case tooLong = "too_long"
        case tooShort = "too_short"
        case invalidValue = "invalid_value"
        case invalidInstant = "invalid_instant"
        case missingOffset = "missing_offset"
        case inThePast = "in_the_past"
        case inTheFuture = "in_the_future"
        case beforeMadeAt = "before_made_at"
        case outOfRange = "out_of_range"
        case conflictingFields = "conflicting_fields"
        /// Business time needs a calendar, and there is none.
        case calendarMissing = "calendar_missing"
    }

    public let path: FieldPath
    public let code: Code
    /// What would be right, in a sentence.
    public let detail: String

    public init(_ path: FieldPath, _ code: Code, _ detail: String) {
        self.path = path
        self.code = code
        self.detail = detail
    }
}

/// Where a field stands in the body of a request: names and array positions from the outside in.
public struct FieldPath: Sendable, Hashable, ExpressibleByStringLiteral {
    public let components: [String]

    public init(_ components: [String] = []) {
        self.components = components
    }

    public init(stringLiteral name: String) {
        components = [name]
    }

    /// The body itself.
    public static let body = FieldPath()

    public static func / (path: FieldPath, name: String) -> FieldPath {
        FieldPath(path.components + [name])
    }

    /// The JSON pointer (RFC 6901) as a URI fragment: `#/promise/due_at`.
    public var pointer: String {
        "#" + components.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
    }
}
