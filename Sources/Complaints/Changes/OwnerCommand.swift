/// A change that is asked for of an owner, as a value.
public enum OwnerCommand: Sendable {
    /// Edits their own fields. Whoever was never named is named by it.
    case edit(owner: String, Incoming<OwnerEdit>)

    /// Whom it is about, by name.
    public var name: String {
        switch self {
        case .edit(let name, _): name
        }
    }
}
