/// A change that is asked for of a policy, as a value.
public enum PolicyCommand: Sendable {
    /// Edits the policy of that name. Promises already made stay as they are.
    case edit(policy: String, Incoming<PolicyChange>)
    /// Makes a policy of that name, or replaces what the one that there is says.
    case put(policy: String, Incoming<PolicyChange>)

    /// Which policy it is about, by name.
    public var name: String {
        switch self {
        case .edit(let name, _), .put(let name, _): name
        }
    }

    /// The same with more that is wrong with it.
    package func adding(_ issues: [FieldIssue]) -> Self {
        switch self {
        case .edit(let name, let incoming): .edit(policy: name, incoming.adding(issues))
        case .put(let name, let incoming): .put(policy: name, incoming.adding(issues))
        }
    }

    /// Whether it makes one where there is none.
    public var makesNew: Bool {
        if case .put = self { true } else { false }
    }
}
