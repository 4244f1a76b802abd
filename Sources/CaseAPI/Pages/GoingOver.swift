import CaseStore
import Complaints

/// What a handover of all of somebody's takes, by the numbers of the promises and of the cases: as a form of a page says what its reader has
/// seen of it.
package struct GoingOver: Sendable {
    package let promises: [Int64]
    package let cases: [Int64]

    init(_ held: (promises: [Int64], cases: [Int64])) { (promises, cases) = held }

    /// Of such a text; nil for what is none.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let lists = parts.map { $0.split(separator: " ").map { Int64($0) } }
        guard lists.allSatisfy({ !$0.contains(nil) && $0.count <= Limits.handover }) else { return nil }
        (promises, cases) = (lists[0].compactMap(\.self), lists[1].compactMap(\.self))
    }

    /// What stands in the form.
    package var text: String {
        [promises, cases].map { $0.map(String.init).joined(separator: " ") }.joined(separator: "/")
    }

    /// Whether it is the same, in whatever order.
    func isSame(as other: GoingOver) -> Bool {
        Set(promises) == Set(other.promises) && Set(cases) == Set(other.cases)
    }
}

extension PageRecord {
    /// What a handover of all of somebody's would take.
    package func goingOver(from name: String, takesCases: Bool) throws -> GoingOver {
        GoingOver(try transaction.goingOver(from: name, takesCases: takesCases))
    }

    /// Whom somebody most likely meant by a name that nobody is known by; nil where somebody is, and where none is near.
    package func ownerMeant(by name: String) throws -> String? { try transaction.ownerMeant(by: name) }
}

extension PageCall {
    /// Whether what somebody of the desk has, and when they are away, is for whoever asks to say.
    package func speaks(for owner: String) -> Bool { visitor.map { $0.actor.speaks(for: owner) } ?? false }
}
