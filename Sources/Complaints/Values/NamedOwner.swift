/// Somebody whom a request gives something to, by name.
package struct NamedOwner: Sendable, Hashable {
    /// Where the request says so.
    package let path: FieldPath
    /// As it is written there.
    package let name: String

    package init(_ path: FieldPath, _ name: String) {
        self.path = path
        self.name = name
    }
}

extension FoldedName {
    /// The name of some that was most likely meant by this one, as it is written there; nil where none is near.
    package func nearest(among names: [String]) -> String? {
        guard NearestName.mayBeMistyped(text.string) else { return nil }
        var names = NearestNames(names)
        return names.nearest(to: self)
    }
}

/// A name that nobody was known by.
public struct NewName: Sendable, Hashable {
    /// As it was given.
    public let name: String
    /// The known one that was most likely meant, if any is near.
    public let nearest: String?

    /// A name, and what may have been meant.
    package init(_ name: String, nearest: String?) {
        self.name = name
        self.nearest = nearest
    }

    /// What to do about it, in a sentence for people.
    public var detail: String {
        "Nobody is known as \(name)." + suggestion
    }

    /// What may have been meant, as a sentence behind another one.
    var suggestion: String { nearest.map { " Did you mean \($0)?" } ?? "" }

    /// Whether it is that name, however it is written.
    package func isName(_ other: String?) -> Bool { other.map { FoldedName($0) == FoldedName(name) } ?? false }
}
