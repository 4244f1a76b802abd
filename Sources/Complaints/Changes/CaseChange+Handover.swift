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
    /// The promises that go over. What their new owner had said to one before, where it comes back to them; whoever had said
    /// nothing yet, and whoever gets it for the first time, is asked.
    package let promises: [Int64: Promise.Acceptance??]

    package init(
        to: String, reason: String, seq: Int64, takesCase: Bool, promises: [Int64: Promise.Acceptance??]
    ) {
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
            guard let before = part.promises[promise.id] else { continue }
            give(promise, to: part.to, reason: part.reason, by: actor, at: now, handover: part.seq)
            guard case .some(let acceptance) = before, acceptance.map({ $0.acceptedAt != nil }) ?? true,
                var given = self.promise(promise.id)
            else { continue }
            given.acceptance = acceptance
            given.version -= 1
            replace(given)
        }
    }
}
