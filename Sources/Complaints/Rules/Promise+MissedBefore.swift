// A miss that goes on
//
// What a clock promised, and was missed, is promised once more with the same date where its case is opened again, or comes under
// another regime: it is overdue as it is made, and nothing has been missed a second time. So nobody is told again that it fell due,
// and nothing is counted twice that was late or broken before. Nothing of that is stored: it is told by the rows of the case.

extension Promise {
    /// Whether it goes on with the miss of an earlier one of its case: that was of the same kind and date, was past it while it was
    /// unsettled, and was not kept by the time that this one was made.
    func goesOn(withMissOf earlier: Promise) -> Bool {
        guard clock != nil, isToCustomer, madeAt > dueAt, earlier.isToCustomer, earlier.caseID == caseID,
            earlier.id < id,
            earlier.kind == kind, earlier.dueAt == dueAt, let settledAt = earlier.settlement?.recordedAt
        else { return false }
        let wasKept = earlier.keptAt != nil && earlier.upheld.map { $0.recordedAt > madeAt } ?? true
        return !wasKept && settledAt > dueAt && settledAt <= madeAt
    }
}

extension [Promise] {
    /// The one of these that a promise goes on with the miss of: that it fell due was said of that; nil where there is none.
    package func missed(before promise: Promise) -> Promise? {
        guard promise.clock != nil, promise.madeAt > promise.dueAt else { return nil }
        return last { promise.goesOn(withMissOf: $0) }
    }

    /// Whether a promise goes on with the miss of one of these that is counted as late or broken itself: then it is in no rate. What
    /// was a mistake, or is counted in another case, is not.
    package func hasCountedMiss(before promise: Promise) -> Bool {
        guard promise.clock != nil, promise.madeAt > promise.dueAt else { return false }
        return contains { earlier in
            switch earlier.settlement?.outcome {
            case .void, .transferred, nil: false
            case .kept, .superseded, .withdrawn: promise.goesOn(withMissOf: earlier)
            }
        }
    }

    /// When those of a case that are counted as late or broken were so first, seen at `now`. What goes on with the miss of another
    /// one is counted with that, unless that is counted apart, as a mistake, or elsewhere.
    func broke(at now: Instant) -> [(promise: Promise, at: Instant)] {
        compactMap { promise in
            guard let at = promise.brokeAt(now) else { return nil }
            let isCounted = contains { promise.goesOn(withMissOf: $0) && $0.brokeAt(now) != nil }
            return isCounted ? nil : (promise: promise, at: at)
        }
    }
}
