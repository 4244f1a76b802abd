extension CaseChange {
    /// What waits in the case for somebody, but for what this change has settled.
    func waiting(_ kind: Matter.Kind) -> [Matter] {
        file.waiting(kind).filter { matter in !settled.contains { $0.kind == kind && $0.seq == matter.seq } }
    }

    /// Whether something of that kind waits, or this change makes it wait.
    func isWaiting(_ kind: Matter.Kind) -> Bool {
        !waiting(kind).isEmpty || raised.contains { $0.kind == kind && $0.outcome == nil }
    }

    /// What the change settles of what the ladder has brought up, as it settles the promise.
    package var stepsSettled: [Settled] {
        file.waiting(.ladder).compactMap { matter in
            let settling = log.lastIndex { $0.promiseID == matter.promiseID && LogKind.settling.contains($0.kind) }
            return settling.map { Settled(kind: .ladder, seq: matter.seq, entry: $0, outcome: .settled) }
        }
    }

    /// Has the last entry written raise a matter; with `outcome` it is settled by the same entry.
    mutating func raise(_ kind: Matter.Kind, isSafety: Bool = false, settledAs outcome: Matter.Outcome? = nil) {
        raised.append(Raised(kind: kind, of: nil, entry: log.count - 1, isSafety: isSafety, outcome: outcome))
    }

    /// Has the last entry written raise once more what an earlier entry had raised, and what was settled since.
    mutating func raise(_ kind: Matter.Kind, again seq: Int64, settledAs outcome: Matter.Outcome? = nil) {
        raised.append(Raised(kind: kind, of: seq, entry: log.count - 1, isSafety: false, outcome: outcome))
    }

    /// Has the last entry written settle what waits of that kind; of that entry alone when `seq` is given.
    mutating func settle(_ kind: Matter.Kind, _ seq: Int64? = nil, as outcome: Matter.Outcome) {
        for matter in waiting(kind) where seq == nil || matter.seq == seq {
            settled.append(Settled(kind: kind, seq: matter.seq, entry: log.count - 1, outcome: outcome))
        }
        // What the same change raised before needs nobody's attention any more.
        for (index, matter) in raised.enumerated() where seq == nil && matter.kind == kind && matter.outcome == nil {
            raised[index] = Raised(
                kind: kind, of: matter.of, entry: matter.entry, isSafety: matter.isSafety, outcome: outcome)
        }
    }
}
