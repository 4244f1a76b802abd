/// A case as its customer may see it (T21): what was promised to them, by when, what moved and why. Nothing of it is
/// internal: no owner, no mood, no severity, no log, nothing that was promised to the desk itself.
public struct CustomerPage: Sendable, Hashable {
    /// The case; only what the page shows of it may be shown.
    public let record: Case
    /// What was promised, oldest first: a date that moved is one promise here, with its moves.
    public let promises: [Item]
    /// When the desk is next to be in touch; nil when nothing is open.
    public let nextDueAt: Instant?

    /// Something that was promised to the customer.
    public struct Item: Sendable, Hashable {
        /// As it stands: the last one of its chain.
        public let promise: Promise
        /// What has become of it.
        public let state: PromiseState
        /// How its date has moved, oldest first.
        public let moves: [Move]
    }

    /// That a date moved.
    public struct Move: Sendable, Hashable {
        /// The date it had.
        public let from: Instant
        /// The date it was given.
        public let to: Instant
        /// When it moved.
        public let at: Instant
        /// Why, as the customer was told.
        public let reason: String?
    }
}

extension CaseFile {
    /// What the customer may see of the case at `now`. What was entered by mistake was not promised,
    /// unless they had been told of it.
    public func customerPage(at now: Instant) -> CustomerPage {
        let shown = promises.filter { $0.isToCustomer && ($0.state(at: now) != .void || $0.told != nil) }
        let byID = Dictionary(uniqueKeysWithValues: promises.map { ($0.id, $0) })
        let superseded = Set(shown.compactMap(\.supersedes))
        let items = shown.filter { !superseded.contains($0.id) }.map { last in
            var moves: [CustomerPage.Move] = []
            var promise = last
            while let before = promise.supersedes.flatMap({ byID[$0] }),
                before.state(at: now) != .void || before.told != nil
            {
                moves.append(
                    CustomerPage.Move(
                        from: before.dueAt, to: promise.dueAt, at: promise.madeAt, reason: promise.reasonMade))
                promise = before
            }
            return CustomerPage.Item(promise: last, state: last.state(at: now), moves: moves.reversed())
        }
        return CustomerPage(record: record, promises: items, nextDueAt: timeline(at: now).nextDueAt)
    }
}
