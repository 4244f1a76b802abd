/// What an erasure at a customer's wish leaves of the record: who of the desk promised what kind of thing by when, and
/// what became of it. What a person wrote is not among it.
public enum Erasure {
    /// Stands where free text or a name was.
    public static let mark = "[erased]"

    /// The texts of an entry of that kind as they are left: each keeps its name, and a list is one text from then on.
    public static func texts(_ texts: [Fact], of kind: LogKind) -> [Fact] {
        let kept = kind.form.keptTexts
        return texts.map { fact in
            if kept.contains(fact.name) { return fact }
            if case .texts = fact.value { return Fact(fact.name, .texts([mark])) }
            return Fact(fact.name, .text(mark))
        }
    }

    /// The facts of such an entry as they are left. What is to be taken is among the texts; older versions had some of it
    /// among the facts.
    public static func facts(_ facts: [Fact], of kind: LogKind) -> [Fact] {
        let taken = kind.form.takenNames
        return facts.map { taken.contains($0.name) ? Fact($0.name, .text(mark)) : $0 }
    }

    /// Whether facts of such an entry have something that is to be taken.
    public static func takes(from facts: [Fact], of kind: LogKind) -> Bool {
        facts.contains { kind.form.takenNames.contains($0.name) }
    }
}

extension LogEntry {
    /// Whether an erasure would leave its words as they are, and there are any that it would have changed.
    public var isErased: Bool {
        let marks: [Fact.Value] = [.text(Erasure.mark), .texts([Erasure.mark])]
        return Erasure.texts(texts, of: kind) == texts && Erasure.facts(facts, of: kind) == facts
            && (facts + texts).contains { marks.contains($0.value) }
    }
}

extension Customer {
    /// Whether all that is personal was erased at their wish.
    public var isErased: Bool { erasedAt != nil }

    /// What is erased stays so: nobody is put in the place of the one who was there.
    public func requireNotErased() throws(Refusal) {
        guard let erasedAt else { return }
        throw .rule(
            .customerErased,
            "Customer \(id) was erased at \(erasedAt.rfc3339): nothing of theirs is changed any more. A new complaint "
                + "is for a new customer.")
    }

    /// The customer without anything personal; nil when that was done before.
    ///
    /// - Parameter unsettled: promises in their cases, of any parties, that are not settled: whoever has to keep one
    ///   must know what it is, and to whom.
    /// - Throws: `.rule` with `promises_unsettled`.
    public func erased(
        because reason: Incoming<String>, unsettled: [Int64], at now: Instant
    ) throws(Refusal) -> Customer? {
        _ = try reason.checked([])
        guard !isErased else { return nil }
        guard unsettled.isEmpty else {
            let ids = unsettled.map(String.init).joined(separator: ", ")
            throw .rule(
                .promisesUnsettled,
                "Nobody could keep a promise whose words are gone, and these are unsettled: \(ids). Keep or withdraw "
                    + "them, or resolve their cases, before you erase.",
                promiseIDs: unsettled)
        }
        var customer = self
        customer.fields.erase()
        customer.erasedAt = now
        customer.updatedAt = now
        customer.version += 1
        return customer
    }
}

extension LogDraft {
    /// That what is personal was erased from a case; the reason stays.
    ///
    /// - Parameter sealed: what stands for the hashes of entries whose facts had words, in their order.
    public static func erased(_ reason: String, sealed: [String] = [], at now: Instant) -> LogDraft {
        LogDraft(
            .erased, at: now, facts: sealed.isEmpty ? [] : [Fact("sealed", .texts(sealed))],
            texts: [Fact("reason", .text(reason))])
    }
}
