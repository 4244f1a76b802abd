/// What is wrong with a value, before it is known which field it stands in.
public struct FieldFault: Error, Sendable, Hashable {
    /// What kind of fault it is.
    public let code: FieldIssue.Code
    /// What would be right, in a sentence.
    public let detail: String

    /// A fault of a value.
    public init(_ code: FieldIssue.Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}

extension FieldIssue {
    /// The fault of the value of the field at `path`.
    public init(_ path: FieldPath, _ fault: FieldFault) {
        self.init(path, fault.code, fault.detail)
    }
}
