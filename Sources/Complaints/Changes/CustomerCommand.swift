/// A change that is asked for of a customer on record, as a value.
public enum CustomerCommand: Sendable {
    /// Edits their own fields.
    case edit(customer: Int64, Incoming<CustomerEdit>)
    /// Erases all that is personal of them and their cases, for that reason.
    case erase(customer: Int64, because: Incoming<String>)

    /// Says that they are another customer on record.
    case merge(customer: Int64, Incoming<MergeRequest>)
    /// Takes that back.
    case unmerge(customer: Int64, Incoming<UnmergeRequest>)

    /// Whom it is about.
    public var customerID: Int64 {
        switch self {
        case .edit(let id, _), .erase(let id, _), .merge(let id, _), .unmerge(let id, _): id
        }
    }
}
