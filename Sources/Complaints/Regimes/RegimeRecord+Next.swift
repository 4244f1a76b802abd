extension Regime {
    /// The version of a regime that comes of what was sent of it; nil where it says what the last version says.
    ///
    /// - Parameter last: the version before it; nil for the first.
    public static func next(_ request: RegimeRequest, named name: String, after last: Regime?) -> Regime? {
        let next = request.regime(named: name, version: (last?.version ?? 0) + 1)
        return last.map { next.says(the: $0) } == true ? nil : next
    }

    /// Whether both say the same, to the letter.
    private func says(the other: Regime) -> Bool {
        let texts = [\Regime.title, \.authority, \.source, \.calendar]
        return texts.allSatisfy { self[keyPath: $0].isExactly(other[keyPath: $0]) }
            && receivedClosed == other.receivedClosed && period == other.period && stages.count == other.stages.count
            && zip(stages, other.stages).allSatisfy { $0.isExactly($1) }
    }
}

extension RegimeStage {
    fileprivate func isExactly(_ other: RegimeStage) -> Bool {
        name.isExactly(other.name) && clocks.count == other.clocks.count
            && zip(clocks, other.clocks).allSatisfy { $0.isExactly($1) }
    }
}

extension RegimeClock {
    /// Strings that look the same are equal to Swift: they are compared by themselves.
    fileprivate func isExactly(_ other: RegimeClock) -> Bool {
        name.isExactly(other.name) && (insteadOf ?? "").isExactly(other.insteadOf ?? "") && self == other
    }
}
