/// What a search takes a field for.
public enum SearchedField: Sendable, Hashable {
    /// What somebody wrote, or the name of something.
    case text
    /// Who it is, or what it is known by elsewhere: who has it comes first.
    case key
    /// A telephone number, which is found by its end.
    case phone
}
