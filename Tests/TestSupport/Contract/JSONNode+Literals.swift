// A body in a test reads like JSON.

extension JSONNode: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A string.
    public init(stringLiteral text: String) { self = .string(text) }
    /// A boolean.
    public init(booleanLiteral flag: Bool) { self = .boolean(flag) }
    /// A number.
    public init(integerLiteral number: Int64) { self = .number(Double(number)) }
    /// An array.
    public init(arrayLiteral items: JSONNode...) { self = .array(items) }
    /// An object.
    public init(dictionaryLiteral members: (String, JSONNode)...) {
        self = .object(Dictionary(uniqueKeysWithValues: members))
    }
}
