public import Complaints

/// What a name is the name of.
public enum NameRole: String, Vocabulary {
    case owner, team, category, supervisor, actor
}

extension String {
    /// What makes names compare without case, as it stands in the database.
    var folded: String { FoldedName(self).text.string }
}
