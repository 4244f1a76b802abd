/// What a value tells of people: it decides where the log keeps the value, and what an erasure takes.
public enum Privacy: Sendable, Hashable {
    /// Neither written by hand nor a name: the hash chain covers it as it is, and it stays for good.
    case open
    /// Names people of the desk, who are not the one who asks to be erased: it stays, under the chain's salted digest.
    case desk
    /// A key, or a word that the desk sorts by: an erasure takes what the log says of it, and leaves it on record.
    /// Reports count by it, and an import of the same file must not bring the case back.
    case label
    /// Free text, or names the customer: an erasure takes it, on record and in the log.
    case personal

    /// Whether the log keeps it among an entry's texts, which the chain covers by a digest only.
    public var isText: Bool { self != .open }

    /// Whether an erasure takes what the log says of it.
    public var leavesLog: Bool { self == .label || self == .personal }

    /// Whether an erasure takes it from the record itself.
    public var leavesRecord: Bool { self == .personal }
}
