/// Names of people that somebody who mistyped one may have meant, folded once for all that are asked about; with one budget for
/// all, past which nobody is found.
package struct NearestNames {
    private let names: [(name: String, folded: String)]
    private var budget = SearchBudget(SearchBudget.usual)

    /// Of these, which are not too long to be mistyped.
    package init(_ names: [String]) {
        self.names = names.filter(NearestName.mayBeMistyped).map { ($0, FoldedName($0).text.string) }
    }

    /// Whom a name most likely means.
    package mutating func nearest(to name: FoldedName) -> String? {
        guard
            let nearest = NearestName.nearest(
                to: name.text.string, among: names.map(\.folded), within: &budget)
        else { return nil }
        return names.first { $0.folded.isExactly(nearest) }?.name
    }
}
