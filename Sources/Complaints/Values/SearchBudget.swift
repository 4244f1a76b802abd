/// How much work one request may cause to find out what was meant by what it got wrong. A mistake costs its sender a few
/// bytes, and looking for what it was like costs a comparison with every name that there is: without a bound a body of
/// mistakes would be the dearest of all.
package struct SearchBudget: Sendable, Hashable {
    /// Cells of the matrix of an edit distance, and bytes of advice: some fifty mistakes.
    package static let usual = 50_000
    /// For the names of all time zones, once.
    package static let ofZones = 200_000

    /// What may still be spent.
    package private(set) var left: Int

    /// A budget of so much work.
    package init(_ work: Int = usual) {
        left = work
    }

    /// Whether nothing more is to be had of it.
    package var isSpent: Bool { left == 0 }

    /// Spends some of it. Once it does not reach, it is spent: what comes later would only get what is cheaper.
    ///
    /// - Returns: whether it reached.
    package mutating func take(_ work: Int) -> Bool {
        left = work <= left ? left - work : 0
        return left > 0
    }
}
