import Testing

@testable import Complaints

@Suite("Whom mistyped names mean, all looked up for one batch")
struct NearestNamesTests {
    private static let known = (0..<40).map { "Kimberly Longname-Example the \($0)th" }

    /// A name with a letter missing.
    private static func mistyped(_ number: Int) -> FoldedName {
        FoldedName("Kimberly Longnme-Example the \(number)th")
    }

    @Test("is found for the first ones; past the budget that they share for nobody, so that no bulk holds a writer")
    func oneBudget() {
        var names = NearestNames(Self.known)
        let found = (0..<40).map { names.nearest(to: Self.mistyped($0)) }
        #expect(found[0] == Self.known[0])
        #expect(found[39] == nil)
        let count = found.count { $0 != nil }
        #expect(found.prefix(count).allSatisfy { $0 != nil }, "and never by chance")
        var others = NearestNames(Self.known)
        #expect(others.nearest(to: Self.mistyped(39)) == Self.known[39], "the next batch has its own")
    }
}
