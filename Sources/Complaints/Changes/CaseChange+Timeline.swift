extension CaseChange {
    /// The rule the product is for: an open case has at least one unsettled promise from the desk to the customer
    /// (T1).
    ///
    /// - Parameter proposal: what could be promised next, by the policy.
    func requireTimeline(proposing proposal: PromiseRequest? = nil) throws(Refusal) {
        guard record.status == .open, file.unsettledToCustomer.isEmpty else { return }
        var next = ""
        if case .at(let due)? = proposal?.due { next = " The policy asks for the next update by \(due.rfc3339)." }
        throw .rule(
            .timelineRequired,
            "Case \(record.id) would be left without a promise to the customer: give next_promise, or resolve it.\(next)",
            caseID: record.id, proposal: proposal)
    }

    func requireOpen() throws(Refusal) {
        guard record.status != .open else { return }
        throw .rule(
            .caseNotOpen, "Case \(record.id) is \(record.status.rawValue): reopen it first.", caseID: record.id)
    }

    /// Nothing goes on in a case that is over.
    func requireOpen(for continuation: Continuation) throws(Refusal) {
        if case .none = continuation { return }
        try requireOpen()
    }

    /// What is wrong with the meaning of what goes on after a promise is settled. `settling` is the promise that
    /// the same step settles, `succession` what ties a further promise to it.
    func issues(
        _ continuation: Continuation, settling id: Int64?, takingPlaceBy succession: Succession? = nil,
        under policy: Policy, at now: Instant
    ) -> [FieldIssue] {
        switch continuation {
        case .none: return []
        case .promise(let request):
            let issues = request.issues(under: policy, at: now, concessions: matters, path: "next_promise")
            return issues
                + (succession?.issues(of: request, under: policy, at: now, path: "next_promise") ?? [])
        case .resolve(let request):
            return issues(resolving: request, settling: id, under: policy, at: now, path: "resolve")
        }
    }

    /// Goes on after a promise was settled, and holds the case to its timeline.
    ///
    /// - Parameters:
    ///   - proposal: what could be promised next, by the policy, where nothing is.
    ///   - followsUp: whether the policy may have the customer asked later how it went.
    mutating func go(
        on continuation: Continuation, proposing proposal: PromiseRequest? = nil,
        takingPlaceBy succession: Succession? = nil, followsUp: Bool = true,
        under policy: Policy, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        switch continuation {
        case .none: break
        case .promise(let request):
            try requireOpen()
            make(request, takingPlaceBy: succession, from: now, under: policy, by: actor, at: now)
            if let succession, succession.isCorrection, succession.predecessor.madeAt == record.openedAt,
                let own = promises.last
            {
                acknowledge(besides: own, from: record.receivedAt, under: policy, at: now)
            }
        case .resolve(let request):
            try takeResolution(request, at: "resolve", followsUp: followsUp, under: policy, by: actor, at: now)
        }
        startClocks(at: now)
        try requireTimeline(proposing: proposal)
    }
}
