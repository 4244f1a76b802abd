/// What is wrong with one field of what was sent (422).
public struct FieldIssue: Sendable, Hashable {
    /// The `code` of an item of `errors` (RFC 9457 extension member).
    public enum Code: String, Vocabulary {
        /// It has to be there and is not.
        case required
        /// The body has no such field: likely a typo.
        case unknownField = "unknown_field"
        /// It is derived, or fixed when the thing was made.
        case readOnlyField = "read_only_field"
        /// Another JSON type is wanted.
        case wrongType = "wrong_type"
        /// Above its limit in Unicode scalars, or in items (`Limits`).
        case tooLong = "too_long"
        /// Empty, or nothing but white space.
        case tooShort = "too_short"
        /// Of the right type, but no value that the field can have.
        case invalidValue = "invalid_value"
        /// Not a date and time of RFC 3339.
        case invalidInstant = "invalid_instant"
        /// An instant without `Z` or a numeric offset.
        case missingOffset = "missing_offset"
        /// It must lie after now.
        case inThePast = "in_the_past"
        /// It must not lie after now.
        case inTheFuture = "in_the_future"
        /// It must not lie before the promise was made; for imported history and a final response, before the complaint was
        /// received.
        case beforeMadeAt = "before_made_at"
        /// A number, or a length of time, outside of what is allowed.
        case outOfRange = "out_of_range"
        /// It cannot go together with another field of the same body.
        case conflictingFields = "conflicting_fields"
        /// Business time needs a calendar, and there is none.
        case calendarMissing = "calendar_missing"
        /// Nobody is known by that name, and only who is known is given anything.
        case unknownOwner = "unknown_owner"
        /// They take on nothing new.
        case inactiveOwner = "inactive_owner"
    }

    /// The field it is about.
    public let path: FieldPath
    /// For programs; `detail` is for people.
    public let code: Code
    /// What would be right, in a sentence.
    public let detail: String
    /// Whether more were found behind it that are not listed, as there were too many.
    public var hasMore = false

    /// How many are listed at most: a body of mistakes gets an answer, not a book.
    public static let mostListed = 100

    /// What is wrong with the field at `path`.
    public init(_ path: FieldPath, _ code: Code, _ detail: String) {
        self.path = path
        self.code = code
        self.detail = detail
    }
}

/// Where a field stands in the body of a request: names and array positions from the outside in.
public struct FieldPath: Sendable, Hashable, ExpressibleByStringLiteral {
    private let exactComponents: [ExactText]

    /// Unescaped, from the outside in; empty for the body itself.
    public var components: [String] { exactComponents.map(\.string) }

    private init(exactly components: [ExactText]) {
        exactComponents = components
    }

    /// The path of these names and positions.
    public init(_ components: [String] = []) {
        self.init(exactly: components.map { ExactText($0) })
    }

    /// A field of the body's own.
    public init(stringLiteral name: String) {
        self.init(exactly: [ExactText(name)])
    }

    /// The body itself.
    public static let body = FieldPath()

    /// The field called `name` inside of the one at `path`; `name` may be an array position.
    public static func / (path: FieldPath, name: String) -> FieldPath {
        FieldPath(exactly: path.exactComponents + [ExactText(name)])
    }

    /// The JSON pointer (RFC 6901) as a URI fragment: `#/promise/due_at`.
    public var pointer: String {
        var bytes = [UInt8(ascii: "#")]
        for component in exactComponents {
            bytes.append(UInt8(ascii: "/"))
            for byte in component.utf8 {
                switch byte {
                case UInt8(ascii: "~"): bytes += Array("~0".utf8)
                case UInt8(ascii: "/"): bytes += Array("~1".utf8)
                default: bytes.append(byte)
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
