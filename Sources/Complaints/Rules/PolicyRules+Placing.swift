extension PolicyRules {
    /// A place that was found for a rule.
    struct Place {
        /// The rule's own.
        let position: Int64
        /// Those behind it, or before it, that make room, with the places that they get.
        let moved: [(policy: Policy, position: Int64)]
    }

    /// How far apart rules are put where there is room.
    private static let step: Int64 = 1_000

    /// A place right before another rule, or after all of them where that is the policy of a severity. Where there is no room,
    /// as many of those behind it as have to move a little; where these have none either, of those before it: there are many more
    /// places than there may be rules.
    ///
    /// - Parameter id: the rule's own, which stands in nobody's way.
    func place(for id: Int64, before target: Policy?) -> Place {
        let others = all.filter { $0.severity == nil && $0.id != id }
        let index = others.firstIndex { $0.id == target?.id } ?? others.count
        let low = index > 0 ? others[index - 1].rule.position : 0
        let high = index < others.count ? others[index].rule.position : PolicyRule.last
        if let own = all.first(where: { $0.id == id })?.rule.position, own > low, own < high {
            return Place(position: own, moved: [])
        }
        guard high - low <= 1 else { return Place(position: low + min(Self.step, (high - low) / 2), moved: []) }
        var moved: [(policy: Policy, position: Int64)] = []
        var taken = low + 1
        for other in others[index...] {
            guard other.rule.position <= taken else { break }
            taken += 1
            moved.append((other, taken))
        }
        return taken < PolicyRule.last
            ? Place(position: low + 1, moved: moved) : place(behind: others[..<index], below: high)
    }

    /// The same where only those before it can move.
    private func place(behind others: ArraySlice<Policy>, below high: Int64) -> Place {
        var moved: [(policy: Policy, position: Int64)] = []
        var taken = high - 1
        for other in others.reversed() {
            guard other.rule.position >= taken else { break }
            taken -= 1
            moved.append((other, taken))
        }
        precondition(taken > 0, "there is a rule at every place")
        return Place(position: high - 1, moved: moved)
    }
}
