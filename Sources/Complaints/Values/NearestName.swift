/// Finds what somebody who mistyped a name most likely meant.
package enum NearestName {
    /// Longer ones were not mistyped.
    private static let longest = 40

    /// Whether it is worth a look what was meant by it.
    package static func mayBeMistyped(_ name: String) -> Bool { name.utf8.count <= longest }

    /// The known name with the fewest letters added, dropped, changed or exchanged with the next, if they are few: one of a name of
    /// three letters, as those that share no more are two names; of several the one that begins
    /// most like it, as people mistype the ends of words. Nil, too, when the budget does not reach for a look at all of
    /// them.
    package static func nearest(
        to name: String, among known: [String], within budget: inout SearchBudget
    ) -> String? {
        guard mayBeMistyped(name) else { return nil }
        let wanted = Array(name.utf8)
        /// How far off the best one may be: few letters, and never all of them.
        var bound = wanted.count <= 3 ? min(1, wanted.count - 1) : max(2, wanted.count / 3)
        var best: (name: String, alike: Int, distance: Int)?
        for candidate in known {
            guard budget.take(1) else { return nil }
            guard abs(candidate.utf8.count - wanted.count) <= bound else { continue }
            let bytes = Array(candidate.utf8)
            guard budget.take(wanted.count * min(2 * bound + 1, bytes.count)) else { return nil }
            guard let distance = distance(wanted, bytes, atMost: bound) else { continue }
            let alike = zip(wanted, bytes).prefix { $0 == $1 }.count
            if let best, best.distance == distance, best.alike >= alike { continue }
            best = (candidate, alike, distance)
            bound = distance
        }
        return best?.name
    }

    /// With a budget of its own.
    package static func nearest(
        to name: String, among known: [String], budget: Int = SearchBudget.usual
    ) -> String? {
        var budget = SearchBudget(budget)
        return nearest(to: name, among: known, within: &budget)
    }

    /// Damerau's and Levenshtein's distance in bytes, of which none is changed twice (optimal string alignment); nil when it is above
    /// `bound`. Only those cells of the matrix are worked out that can be within it, beside the diagonal (Ukkonen's cut-off).
    private static func distance(_ a: [UInt8], _ b: [UInt8], atMost bound: Int) -> Int? {
        var row = Array(0...b.count)
        /// The row before the last.
        var before: [Int] = []
        for i in 0..<a.count {
            let last = row
            let first = max(0, i - bound)
            var diagonal = row[first]
            row[first] = first == 0 ? i + 1 : bound + 1
            var least = row[first]
            for j in first..<min(b.count, i + bound + 1) {
                let change = diagonal + (a[i] == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, diagonal + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { row[j + 1] = min(row[j + 1], before[j - 1] + 1) }
                least = min(least, row[j + 1])
            }
            guard least <= bound else { return nil }
            before = last
        }
        return row[b.count] <= bound ? row[b.count] : nil
    }
}
