// How customers are merged
//
// A merge is a pointer from one customer to another, with its instant. Nothing else changes: each keeps its row, its cases and
// its log, and whoever reads follows the pointer: a case shows who its customer is in the end, and what is asked of one of them
// is answered of all. So a merge can be taken back, and what was on record before it is seen as it was. Who was merged can be
// merged into no one else, but somebody else into them, and whom they were merged into as well: pointers make a tree, and who is
// at its root is who all of them are.

extension Customer {
    /// Whether they were merged, or somebody was merged into them, so that whoever sees them has to look who they are.
    package var isOfSeveral: Bool { mergedInto != nil || hasMerged }

    /// Two customers that a merge has changed: the one who was merged, and the other.
    public struct Merged: Sendable, Hashable {
        /// Who was merged, or is no more.
        public let customer: Customer
        /// Who they turned out to be, or did not.
        public let other: Customer
    }

    /// Who is seen in another customer is changed there.
    ///
    /// - Throws: `.rule` with `merged`.
    public func requireNotMerged() throws(Refusal) {
        guard let mergedInto, let mergedAt else { return }
        throw .rule(
            .merged,
            "Customer \(id) was merged into customer \(mergedInto) at \(mergedAt.rfc3339): change that one, or take the merge "
                + "back.", customerID: mergedInto)
    }

    /// The customer as another one from `now` on.
    ///
    /// - Parameters:
    ///   - other: who they turned out to be, as they are on record; nil where there is none of that id.
    ///   - root: who that is in the end, where they were merged themselves.
    ///   - count: how many would be one then.
    /// - Throws: `.rule` with `merged`; `.invalid` for nobody, for who was erased, and for who is this one already.
    public func merged(
        _ incoming: Incoming<MergeRequest>, with other: Customer?, whoIs root: Int64?, ofAll count: Int,
        by actor: Actor,
        at now: Instant
    ) throws(Refusal) -> Merged {
        guard actor.role >= .manager else { throw .forbidden("Whether two customers are one is for a manager to say.") }
        try requireNotErased()
        try requireNotMerged()
        let issue = issue(with: other, whoIs: root, ofAll: count).map { FieldIssue("into", .invalidValue, $0) }
        _ = try incoming.checked(incoming.issues.isEmpty ? [issue].compactMap(\.self) : [])
        guard let other else { preconditionFailure("nobody is merged into nobody") }
        var (customer, changed) = (self, other)
        customer.mergedInto = other.id
        customer.mergedAt = now
        changed.hasMerged = true
        customer.change(at: now)
        changed.change(at: now)
        return Merged(customer: customer, other: changed)
    }

    private func issue(with other: Customer?, whoIs root: Int64?, ofAll count: Int) -> String? {
        guard let other else { return "There is no such customer." }
        guard other.id != id else { return "is the same customer: give the other one." }
        guard root != id else {
            return
                "Customer \(other.id) was merged into customer \(id): take that back first, or merge the other way around."
        }
        if other.isErased { return "Customer \(other.id) was erased at their wish." }
        return count > Limits.merged
            ? "would be one with \(count - 1) others then: at most \(Limits.merged) customers can be one." : nil
    }

    /// The customer as themselves again.
    ///
    /// - Parameter other: into whom they were merged.
    /// - Throws: `.invalid` where whoever asks thinks that it is somebody else.
    public func unmerged(
        _ incoming: Incoming<UnmergeRequest>, from other: Customer, by actor: Actor, at now: Instant
    ) throws(Refusal) -> Merged {
        guard actor.role >= .manager else { throw .forbidden("Whether two customers are one is for a manager to say.") }
        try requireNotErased()
        var issues: [FieldIssue] = []
        if let into = incoming.value.into, into != other.id {
            issues.append(FieldIssue("into", .invalidValue, "Customer \(id) was merged into customer \(other.id)."))
        }
        _ = try incoming.checked(issues)
        var (customer, changed) = (self, other)
        customer.mergedInto = nil
        customer.mergedAt = nil
        customer.change(at: now)
        changed.change(at: now)
        return Merged(customer: customer, other: changed)
    }

    private mutating func change(at now: Instant) {
        version += 1
        updatedAt = now
    }
}

extension LogDraft {
    /// That a customer was merged, for their own log. What was written by hand is in that alone: an entry has personal data of
    /// one customer.
    public static func merged(into other: Int64, because reason: String, at now: Instant) -> LogDraft {
        LogDraft(
            .customerMerged, at: now, facts: [Fact("into", .integer(other))], texts: [Fact("reason", .text(reason))])
    }

    /// The same for the log of the other.
    public static func merged(from other: Int64, at now: Instant) -> LogDraft {
        LogDraft(.customerMerged, at: now, facts: [Fact("from", .integer(other))])
    }

    /// That a merge was taken back, for the log of who was merged.
    public static func unmerged(into other: Int64, because reason: String?, at now: Instant) -> LogDraft {
        LogDraft(
            .customerUnmerged, at: now, facts: [Fact("into", .integer(other))],
            texts: reason.map { [Fact("reason", .text($0))] } ?? [])
    }

    /// The same for the log of the other.
    public static func unmerged(from other: Int64, at now: Instant) -> LogDraft {
        LogDraft(.customerUnmerged, at: now, facts: [Fact("from", .integer(other))])
    }
}
