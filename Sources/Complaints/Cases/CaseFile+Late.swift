extension CaseFile {
    /// Since when a promise of the case can have been kept: since it was made. What nobody asked for was made when the service was
    /// told of the complaint, and may have been done by then: what the policy promised as the case was opened, since the receipt;
    /// what a clock of a regime did, since its stage was asked for; but not before a dispute found an earlier keep of it to be none.
    public func mayBeKept(_ promise: Promise) -> Instant {
        let made = promise.firstMadeAt
        guard promise.madeBy.isExactly(Actor.policy.name), promise.supersedes == nil, !promise.imported else {
            return made
        }
        if let origin = promise.origin { return min(origin.countedFrom, made) }
        if let clock = promise.clock, let stage = everyStage.first(where: { $0.number == clock.stage }) {
            // What begins anew with each keep of its own was not kept before that.
            let isAnew = promises.contains { other in
                other.id < promise.id && other.clock?.stage == clock.stage && other.keptAt == clock.from
                    && other.clock?.name.isExactly(clock.name) == true
            }
            let upheld = promises.filter { other in
                other.id < promise.id && other.clock?.stage == clock.stage
                    && other.clock?.name.isExactly(clock.name) == true
            }.compactMap { $0.upheld?.recordedAt }.max()
            return max(min(isAnew ? clock.from : stage.requestedAt, made), upheld ?? .earliest)
        }
        return promise.madeAt == record.openedAt ? min(record.receivedAt, made) : made
    }

    /// When the last promise to the customer was kept; nil where none was.
    var lastKept: Instant? { promises.filter(\.isToCustomer).compactMap(\.keptAt).max() }
}
