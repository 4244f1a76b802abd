public import Complaints

/// What a name is the name of.
public enum NameRole: String, Vocabulary {
    case owner, team, category, supervisor, actor

    /// Whether it names people, for one of whom `me` can stand.
    public var isSomebody: Bool {
        switch self {
        case .owner, .supervisor, .actor: true
        case .team, .category: false
        }
    }
}

extension String {
    /// What makes names compare without case, as it stands in the database.
    var folded: String { FoldedName(self).text.string }
}
