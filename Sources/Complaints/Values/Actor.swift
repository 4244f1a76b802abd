/// Who acts: the name that `made_by`, `settled_by` and the log show, and what stands behind it.
public struct Actor: Sendable, Hashable {
    /// The owner of a personal token; else `Casekeeper-Actor` when it was sent, else the token's name.
    public let name: String
    /// The token that was used; nil on a server without tokens, on the command line, and for the policy.
    public let tokenID: Int64?
    /// The token's name, for the log when several people share it.
    public let tokenName: String?
    /// What they may do; some rules ask for a manager.
    public let role: Role
    /// Whom `me` stands for. By a personal token they are its owner, whatever the token is called, and nobody else.
    public let speaker: Speaker
    /// The session of the board that they came with; nil for who came with a token, or with neither.
    public var sessionID: Int64?
    /// Their other personal tokens. Only known where a rule asks for it (`CaseCommand.isForAnother`).
    public var otherTokens: Set<Int64> = []
    /// Whether nobody else is there for what one does not do about oneself: no other token of a manager lets anybody in. Only
    /// known where a rule asks for it (`CaseCommand.isForAnother`).
    public var isAlone = false

    /// Somebody acting; without a token unless one is given.
    ///
    /// - Parameter speaker: without one, whoever goes by that name.
    public init(
        name: String, tokenID: Int64? = nil, tokenName: String? = nil, role: Role, speaker: Speaker? = nil
    ) {
        self.speaker = speaker ?? Speaker(name: name)
        self.name = name
        self.tokenID = tokenID
        self.tokenName = tokenName
        self.role = role
    }

    /// The maker of default promises (T1).
    public static let policy = Actor(name: "policy", role: .admin)

    /// Who acts on the machine itself, and has not said who it is: on the command line, and over HTTP while there is no
    /// token.
    public static let local = Actor(name: "local", role: .admin)

    /// Who says that a promise fell due.
    public static let clock = Actor(name: "clock", role: .admin)

    /// A name under which somebody may act, or be given a token.
    ///
    /// - Throws: what is wrong with it: control characters would be taken for something else in a log, a name that is nobody's
    ///   for that, and one with characters that nobody sees for another one.
    public static func checkedName(_ text: String) throws(FieldFault) -> String {
        let name = try TextRule.name.checked(text)
        // A tab, too, which a line would have as a space.
        let hasControl = try TextRule.key.checked(text).unicodeScalars.contains {
            $0.properties.generalCategory == .control
        }
        guard !hasControl else { throw FieldFault(.invalidValue, "must be a name without control characters.") }
        try SomebodysName.check(name)
        return name
    }
}
