/// A change that is asked for of an owner, as a value.
public enum OwnerCommand: Sendable {
    /// Edits their own fields. Whoever was never named is named by it.
    case edit(owner: String, Incoming<OwnerEdit>)
    /// Says when they are away, in place of what was said before. Whoever was never named is named by it.
    case leave(owner: String, Incoming<AbsenceRequest>)
    /// Says that they are not away.
    case comeBack(owner: String, Incoming<Void>)

    /// Whom it is about, by name.
    public var name: String {
        switch self {
        case .edit(let name, _), .leave(let name, _), .comeBack(let name, _): name
        }
    }
}
