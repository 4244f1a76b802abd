/// Whom the word `me` stands for in a request, wherever a name of the desk's people is read.
public struct Speaker: Sendable, Hashable {
    /// Nil where a token is shared and nobody said who acts with it.
    public let name: String?
    /// Whether their token is theirs alone: then a case that they open is theirs unless it says otherwise.
    public let isPersonal: Bool

    /// Whoever goes by that name.
    public init(name: String?, isPersonal: Bool = false) {
        self.name = name
        self.isPersonal = isPersonal
    }

    /// Where nobody is known to ask.
    public static let unknown = Speaker(name: nil)

    /// What stands for them; nobody can be called so.
    public static let word = "me"

    /// Whether a name is that word, however it is written.
    public static func isMeant(by name: String) -> Bool {
        // Nothing but these two letters folds to them, and most names are longer.
        name.utf8.count == word.utf8.count && FoldedName(name) == FoldedName(word)
    }

    /// What to say where `me` stands for nobody.
    public static let advice =
        "me is whoever acts, and nobody said who that is: send Casekeeper-Actor, or a token with an owner."
}
