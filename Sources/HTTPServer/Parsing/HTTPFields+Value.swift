public import HTTPTypes

extension HTTPFields {
    /// What the subscript returns: the value of a field, or all of its values joined by commas (RFC 9110 section 5.3). It
    /// is many times as fast for a field that stands there once, as most do.
    public func value(of name: HTTPField.Name) -> String? {
        var value: String?
        for field in self where field.name == name {
            guard value == nil else { return self[name] }
            value = field.value
        }
        return value
    }
}
