/// A request as far as it could be read, and what was wrong with its form. The rules add what is wrong in its
/// meaning, so that the sender hears of everything at once; a value with issues is never acted on.
public struct Incoming<Value: Sendable>: Sendable {
    /// What could be read; a field that could not be has a stand-in.
    public let value: Value
    /// What is wrong with its form; empty when it was read whole.
    public let issues: [FieldIssue]

    /// A request as it was read.
    public init(_ value: Value, issues: [FieldIssue] = []) {
        self.value = value
        self.issues = issues
    }

    /// The value, if its form has no issues.
    package func taken() throws(Refusal) -> Value { try checked([]) }

    /// The same request with more that is wrong with it.
    package func adding(_ more: [FieldIssue]) -> Incoming {
        more.isEmpty ? self : Incoming(value, issues: issues + more)
    }

    /// The value, if neither its form nor its meaning has issues.
    func checked(_ more: [FieldIssue]) throws(Refusal) -> Value {
        guard issues.isEmpty, more.isEmpty else { throw .invalid(issues + more) }
        return value
    }
}
