/// The chains of promises that go on from one case in another, as links from each promise to the one before it. Cases that
/// they join are one customer's: what was promised to one is not to become somebody else's because a merge is taken back, or a
/// case's customer corrected. So they are told apart once nothing of it is unsettled.
public struct TransferChains: Sendable {
    /// A promise of such a chain.
    public struct Link: Sendable {
        package let promise: Int64
        let before: Int64?
        /// The case that it is of.
        public let caseID: Int64
        /// Whom that is on record for.
        public let customerID: Int64
        let isUnsettled: Bool

        /// - Parameter before: the promise whose place it took, or that it goes on from.
        public init(promise: Int64, before: Int64?, caseID: Int64, customerID: Int64, isUnsettled: Bool) {
            self.promise = promise
            self.before = before
            self.caseID = caseID
            self.customerID = customerID
            self.isUnsettled = isUnsettled
        }
    }

    private let links: [Int64: Link]

    /// All links of some chains, in any order.
    public init(_ links: [Link]) {
        self.links = Dictionary(uniqueKeysWithValues: links.map { ($0.promise, $0) })
    }

    /// The links, in no order.
    public var all: some Collection<Link> { links.values }

    /// Holds that nothing unsettled would go on from another customer's case.
    ///
    /// - Parameter customers: whose each case would be, by the cases' ids.
    /// - Throws: `.rule` with `promises_unsettled`.
    public func requireTogether(_ customers: [Int64: Int64]) throws(Refusal) {
        let apart = links.values.filter { link in
            link.isUnsettled && cases(before: link).contains { customers[$0] != customers[link.caseID] }
        }
        guard let first = apart.min(by: { $0.promise < $1.promise }) else { return }
        let ids = apart.map(\.promise).sorted()
        let other = cases(before: first).first { customers[$0] != customers[first.caseID] } ?? first.caseID
        throw .rule(
            .promisesUnsettled,
            "Promise \(first.promise) of case \(first.caseID) goes on from case \(other), and these would be two customers' "
                + "then. Settle it first: void it there, and reopen case \(other) with what was promised.",
            promiseIDs: ids, caseID: first.caseID)
    }

    /// The cases that a chain has come through up to a link, the nearest first.
    private func cases(before link: Link) -> [Int64] {
        var cases: [Int64] = []
        var next = link.before.flatMap { links[$0] }
        // A chain that goes around is none; a database that has one is not to hold the writer.
        while let link = next, cases.count < links.count {
            cases.append(link.caseID)
            next = link.before.flatMap { links[$0] }
        }
        return cases
    }
}
