import Foundation

/// What a name is the name of.
public enum NameRole: String, Sendable, CaseIterable {
    case owner, team, category, supervisor, actor
}

extension String {
    /// What makes names compare without case: lower case, in one normal form.
    var folded: String {
        lowercased().precomposedStringWithCanonicalMapping
    }
}
