/// What people say for themselves alone, and what is kept for somebody else than whom it is about.
extension Actor {
    /// Nobody decides, assesses or joins in another's name: `name` is whose word it is to be; nil: whoever acts.
    ///
    /// - Throws: `.forbidden` for somebody else's.
    func requireOwnName(_ name: String?) throws(Refusal) {
        guard let name, !name.isName(of: self) else { return }
        throw .forbidden(
            "That is for \(name) to say, with a token of their own or as Casekeeper-Actor; you act as \(self.name).")
    }

    /// Holds what is kept for somebody else against the people it is about. In a desk of one there is nobody else, so one
    /// does it oneself, and it is marked.
    ///
    /// - Returns: whether it is done by oneself.
    /// - Throws: `.forbidden` where somebody else could do it.
    func requireOther(than people: String?..., to what: String) throws(Refusal) -> Bool {
        try requireOther(than: people, to: what)
    }

    func requireOther(than people: [String?], to what: String) throws(Refusal) -> Bool {
        guard people.contains(where: isAbout) else { return false }
        guard isAlone else { throw .forbidden("To \(what) is for somebody else than you: it is about yourself.") }
        return true
    }

    /// Whether that is their name, or the name of the shared token that they act with. With a personal token they are its
    /// owner, whatever it is called.
    func isAbout(_ name: String?) -> Bool {
        guard let name else { return false }
        return name.isName(of: self)
            || !speaker.isPersonal && tokenName.map { FoldedName($0) == FoldedName(name) } ?? false
    }

    /// Whether what was made with that token was made with one of theirs.
    func acts(with tokenID: Int64?) -> Bool {
        self.tokenID == tokenID || tokenID.map(otherTokens.contains) ?? false
    }
}

extension Fact {
    /// How what was done by oneself is marked; nothing where it was not.
    static func byOneself(_ isByOneself: Bool) -> [Fact] {
        isByOneself ? [Fact("by_oneself", .boolean(true))] : []
    }
}
