/// What of one case goes over in a handover.
package struct HandoverPart: Sendable, Hashable {
    /// Who has it from now on.
    package let to: String
    /// Why.
    package let reason: String
    /// The handover's entry, by its number in the log of who had it.
    package let seq: Int64
    /// Whether the case itself goes over.
    package let takesCase: Bool
    /// The promises that go over, each with how.
    package let promises: [Int64: Passing]

    /// How a promise goes over.
    package enum Passing: Sendable, Hashable {
        /// It is given: whoever gets it is asked whether they take it on.
        case given
        /// It is taken back before anybody took it on, and is again what it was: with what its owner had said to it then, if
        /// they had been asked.
        case takenBack(Promise.Acceptance?)
    }

    package init(to: String, reason: String, seq: Int64, takesCase: Bool, promises: [Int64: Passing]) {
        self.to = to
        self.reason = reason
        self.seq = seq
        self.takesCase = takesCase
        self.promises = promises
    }
}

extension CaseChange {
    /// Gives what goes over of the case to whoever has it from now on: an entry for each thing that does.
    package mutating func handOver(_ part: HandoverPart, by actor: Actor, at now: Instant) {
        if part.takesCase {
            let before = record.fields
            file.record.fields.owner = part.to
            file.record.edits += 1
            var update = LogDraft.caseUpdated(from: before, to: record.fields, at: now)
            update.facts.append(Fact("handover", .integer(part.seq)))
            log.append(update)
        }
        for promise in promises {
            guard let passing = part.promises[promise.id] else { continue }
            give(promise, to: part.to, reason: part.reason, by: actor, at: now, handover: part.seq)
            guard case .takenBack(let acceptance) = passing, var given = self.promise(promise.id) else { continue }
            given.acceptance = acceptance
            given.version -= 1
            replace(given)
        }
    }
}
