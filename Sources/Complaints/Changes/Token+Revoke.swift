extension Token {
    /// The token revoked at `now`; one that was revoked already stays as it is.
    ///
    /// - Parameters:
    ///   - actor: nil on the machine itself, where tokens can always be made.
    ///   - hasOtherAdmin: whether another token of an admin is valid.
    /// - Throws: `.rule` with `admin_token_required` when nobody could make a token over HTTP any more.
    public func revoked(
        _ incoming: Incoming<Void>, by actor: Actor?, hasOtherAdmin: Bool, at now: Instant
    ) throws(Refusal) -> Token {
        _ = try incoming.checked([])
        guard actor == nil || !isValid(at: now) || hasOtherAdmin else {
            throw .rule(
                .adminTokenRequired,
                "Token \(id) is the last valid one of an admin: make another one first, or revoke it on the machine "
                    + "itself with casekeeper token revoke \(id).")
        }
        guard revokedAt == nil else { return self }
        var token = self
        token.revokedAt = now
        token.revokedBy = actor?.name
        return token
    }
}
