import Complaints

/// How customers are merged, and a merge is taken back: a pointer, and an entry in the log of either.
extension WriteTransaction {
    /// Says that a customer is another one on record.
    ///
    /// - Throws: `Refusal`.
    func merge(_ before: Customer, _ incoming: Incoming<MergeRequest>, by actor: Actor) throws -> CustomerRecord {
        let other = try record.customer(incoming.value.into)
        let count = try other.map { try record.everybody(like: before.id).count + record.everybody(like: $0.id).count }
        let merged = try before.merged(
            incoming, with: other, whoIs: try other.map { try record.root(of: $0).id }, ofAll: count ?? 0, by: actor,
            at: now)
        guard let other else { preconditionFailure("nobody is merged into nobody") }
        try point(before, other, merged)
        try log(
            .merged(into: other.id, because: incoming.value.reason, at: now), about: .customer(before.id), by: actor)
        try log(.merged(from: before.id, at: now), about: .customer(other.id), by: actor)
        return try record.record(of: merged.customer)
    }

    /// Says that a customer is not the one they were merged into.
    ///
    /// - Throws: `Refusal`.
    func unmerge(_ before: Customer, _ incoming: Incoming<UnmergeRequest>, by actor: Actor) throws -> CustomerRecord {
        guard let other = try before.mergedInto.flatMap(record.customer) else {
            throw StoreError.unreadable("customer \(before.id) was merged into nobody")
        }
        let apart = try before.unmerged(incoming, from: other, by: actor, at: now)
        try requireTogether(before)
        try point(before, other, apart)
        try log(
            .unmerged(into: other.id, because: incoming.value.reason, at: now), about: .customer(before.id), by: actor)
        try log(.unmerged(from: before.id, at: now), about: .customer(other.id), by: actor)
        return try record.record(of: apart.customer)
    }

    /// A merge is not taken back while promises go on between cases that would be two customers' then.
    private func requireTogether(_ merged: Customer) throws {
        let apart = try record.everybody(under: merged.id)
        let chains = try record.transferChains(ofCustomers: apart)
        var customers: [Int64: Int64] = [:]
        for link in chains.all { customers[link.caseID] = apart.contains(link.customerID) ? merged.id : 0 }
        try chains.requireTogether(customers)
    }

    private static let setPointer = SQL(
        "UPDATE customer SET merged_into = ?, merged_at = ?, has_merged = ?, updated_at = ?, version = ? WHERE id = ?")

    private func point(_ customer: Customer, _ other: Customer, _ merged: Customer.Merged) throws {
        for (before, after) in [(customer, merged.customer), (other, merged.other)] {
            try statements.run(Self.setPointer, db) { row in
                row.add(after.mergedInto)
                row.add(after.mergedAt)
                row.add(after.hasMerged)
                row.add(after.updatedAt)
                row.add(after.version)
                row.add(after.id)
            }
            try keepHistory(of: after, from: before)
        }
        ended.forget()
        try replanUpdatesOfCustomers()
    }
}
