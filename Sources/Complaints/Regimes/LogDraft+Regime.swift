extension LogDraft {
    /// That a regime has a new version: what is in it as it is, and as it was where the version before had it otherwise.
    ///
    /// - Parameter before: the version before it; nil for the first.
    public static func regimeUpdated(from before: Regime?, to after: Regime, at now: Instant) -> LogDraft {
        var facts = [
            Fact("valid_from", .text(after.validFrom?.iso8601 ?? "")),
            Fact("valid_until", .text(after.validUntil?.iso8601 ?? "")),
        ]
        var texts = [Fact("name", .text(after.name))]
        func add(_ name: String, to facts: inout [Fact], _ text: (Regime) -> String) {
            let (new, old) = (text(after), before.map(text))
            if let old, new.isExactly(old) { return }
            facts.append(Fact(name, .text(new)))
            if let old { facts.append(Fact("\(name)_before", .text(old))) }
        }
        add("received_closed", to: &facts) { $0.receivedClosed.rawValue }
        add("title", to: &texts, \.title)
        add("authority", to: &texts, \.authority)
        add("source", to: &texts, \.source)
        add("calendar", to: &texts, \.calendar)
        add("stages", to: &texts) { $0.stages.map(\.name).joined(separator: "; ") }
        let (new, old) = (after.clockLines, before?.clockLines ?? [])
        let (known, kept) = (Set(old), Set(new))
        let (added, removed) = (new.filter { !known.contains($0) }, old.filter { !kept.contains($0) })
        if !added.isEmpty { texts.append(Fact("clocks_added", .texts(added.map(\.string)))) }
        if !removed.isEmpty { texts.append(Fact("clocks_removed", .texts(removed.map(\.string)))) }
        return LogDraft(.regimeUpdated, at: now, facts: facts, texts: texts)
    }
}

extension Regime {
    /// `stage 1: answer, 10 business days from kept:acknowledge, end_of_day, makes answer, extended by 10 business days from due`
    fileprivate var clockLines: [ExactText] {
        stages.flatMap { stage in stage.clocks.map { ExactText("\(stage.name): \($0.words)") } }
    }
}

extension RegimeClock {
    /// All that it is, in a line.
    fileprivate var words: String {
        var parts = [name, "\(length.words) from \(anchor.text)"]
        if let until { parts.append(until.rawValue) }
        if every { parts.append("every time anew") }
        if let makes { parts.append("makes \(makes.text)") }
        if !metBy.isEmpty { parts.append("met by \(metBy.map(\.rawValue).joined(separator: " or "))") }
        if let insteadOf { parts.append("instead of \(insteadOf)") }
        if let `extension` {
            parts.append("extended by \(`extension`.length.words) from \(`extension`.from.rawValue) at most")
        }
        return parts.joined(separator: ", ")
    }
}
