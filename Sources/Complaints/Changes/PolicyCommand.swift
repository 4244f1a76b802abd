/// A change that is asked for of a policy, as a value.
public enum PolicyCommand: Sendable {
    /// Edits the policy of a severity. Promises already made stay as they are.
    case edit(Severity, Incoming<PolicyEdit>)

    /// Which policy it is about.
    public var severity: Severity {
        switch self {
        case .edit(let severity, _): severity
        }
    }
}
