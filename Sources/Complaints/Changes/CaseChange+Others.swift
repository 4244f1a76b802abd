/// Whose word an entry of the log is (T13, T15, T16, T18).
extension CaseChange {
    /// Whether `actor` may write that entry.
    ///
    /// - Returns: whether it is about themselves, which a desk of one has no other way with.
    /// - Throws: `.forbidden` for what is somebody else's to write.
    func permit(_ request: LogRequest, to actor: Actor) throws(Refusal) -> Bool {
        switch request {
        case .concessionDecision(let decision):
            guard actor.role >= .manager else {
                throw .forbidden("What is given away above the limit is for a manager to decide.")
            }
            try actor.requireOwnName(decision.by)
            return try actor.requireOther(
                than: writers(of: decision.of, .concession, actor), to: "decide on a concession")
        case .threatAssessment(let assessment):
            try actor.requireOwnName(assessment.by)
            // A verdict that has a manager or a supervisor look at something, others don't get around by the next one: what is
            // given away beside an unfounded threat (T15), somebody's safety where it is credible.
            let threat = CaseThreats(entries).threat(assessment.of)
            if let verdict = threat?.verdict, verdict != assessment.verdict, actor.role < .manager,
                verdict == .unfounded || verdict == .credible && threat?.kind == .safety
            {
                throw .forbidden("The threat was found \(verdict.rawValue): a manager may find otherwise.")
            }
            return writers(of: assessment.of, .threat, actor).contains(where: actor.isAbout)
        case .disputeDecision(let decision): return try permit(decision, to: actor)
        case .supervisorJoined(let name): return try permitJoining(name, to: actor)
        case .debrief(let name, _): return try actor.requireOther(than: name, to: "be talked with afterwards")
        default: return false
        }
    }

    /// The supervisor says that they joined, or a manager does; and nobody supervises what they handle themselves.
    private func permitJoining(_ name: String?, to actor: Actor) throws(Refusal) -> Bool {
        let asked = record.fields.supervisor
        if actor.role < .manager {
            guard let asked, asked.isName(of: actor) else {
                throw .forbidden("That a supervisor joined is for them to say, or for a manager.")
            }
            try actor.requireOwnName(name)
        }
        guard let owner = record.fields.owner else { return false }
        let isOwners = FoldedName(name ?? asked ?? actor.name) == FoldedName(owner)
        guard !isOwners || actor.isAlone else {
            throw .forbidden("\(owner) handles the case: somebody else is to join as supervisor.")
        }
        return try actor.requireOther(than: owner, to: "join as supervisor") || isOwners
    }

    /// Who wrote an entry: the name they went by, and the token's where `actor` goes by that now. (Whoever shares a token goes
    /// by a name of their own.)
    private func writers(of seq: Int64, _ kind: LogKind, _ actor: Actor) -> [String?] {
        guard let entry = entries.first(where: { $0.seq == seq && $0.kind == kind }) else { return [] }
        return [entry.actor, entry.tokenName.flatMap { $0.isName(of: actor) ? $0 : nil }]
    }
}
