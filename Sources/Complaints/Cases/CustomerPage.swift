/// A case as its customer may see it (T21): what was promised to them, by when, what became of it, what moved and why, as
/// they were told, and how it ended. Nothing of it is internal: no owner, no mood, no severity, no line the desk knows it
/// by, no reason the desk has for itself, nothing that was promised to the desk itself.
public struct CustomerPage: Sendable, Hashable {
    /// The case; only what the page shows of it may be shown.
    public let record: Case
    /// What was promised, oldest first: a date that moved is one promise here, with its moves.
    public let promises: [Item]
    /// When the desk is next to be in touch; nil when nothing is open.
    public let nextDueAt: Instant?
    /// When a supervisor last joined; nil when none did.
    public let supervisorJoinedAt: Instant?
    /// How it ended, in words for them; nil while it is open, and where it was not put into words.
    public let outcomeText: String?

    /// Something that was promised to the customer.
    public struct Item: Sendable, Hashable {
        /// As it stands: the last one of its chain.
        public let promise: Promise
        /// What has become of it.
        public let state: PromiseState
        /// How its date has moved, oldest first.
        public let moves: [Move]

        /// Why it was given up, as they were told; nil while it stands.
        public var explanation: String? { promise.settlement?.explanation }

        /// When it was kept; nil where that was found not to be so.
        public var keptAt: Instant? { [.kept, .keptLate].contains(state) ? promise.keptAt : nil }
    }

    /// That a date moved.
    public struct Move: Sendable, Hashable {
        /// The date it had.
        public let from: Instant
        /// The date it was given.
        public let to: Instant
        /// When it moved.
        public let at: Instant
        /// Whether the date had passed by then, or the promise was found not to have been kept.
        public let wasMissed: Bool
        /// Why, as the customer was told, by whatever the promise was replaced; nil when it was not put into words.
        public let explanation: String?
    }

    /// The kinds of entries in the case's log that it shows something of.
    public static let kinds: [LogKind] = [.supervisorJoined, .caseResolved]
}

extension CaseFile {
    /// Whether the customer was told of a promise, or of one whose place it took.
    func isKnown(_ promise: Promise) -> Bool {
        var promise = promise
        while promise.told == nil {
            guard let before = promise.supersedes.flatMap(self.promise) else { return false }
            promise = before
        }
        return true
    }

    /// What the customer may see of the case at `now`. What was entered by mistake was not promised, unless they had been
    /// told of it, or of an earlier date of it.
    ///
    /// - Parameter entries: all of the case's log that are of `CustomerPage.kinds`, oldest first.
    public func customerPage(_ entries: [LogEntry], at now: Instant) -> CustomerPage {
        let shown = promises.filter { $0.isToCustomer && ($0.state(at: now) != .void || isKnown($0)) }
        let byID = Dictionary(uniqueKeysWithValues: shown.map { ($0.id, $0) })
        let superseded = Set(shown.compactMap(\.supersedes))
        let items = shown.filter { !superseded.contains($0.id) }.map { last in
            var moves: [CustomerPage.Move] = []
            var promise = last
            while let before = promise.supersedes.flatMap({ byID[$0] }) {
                moves.append(
                    CustomerPage.Move(
                        from: before.dueAt, to: promise.dueAt, at: promise.madeAt,
                        wasMissed: before.state(at: now) == .broken || promise.madeAt > before.dueAt,
                        explanation: before.settlement?.explanation))
                promise = before
            }
            return CustomerPage.Item(promise: last, state: last.state(at: now), moves: moves.reversed())
        }
        let resolution = record.status == .open ? nil : entries.last { $0.kind == .caseResolved }
        return CustomerPage(
            record: record, promises: items, nextDueAt: timeline(at: now).nextDueAt,
            supervisorJoinedAt: entries.last { $0.kind == .supervisorJoined }?.at,
            outcomeText: resolution?.text("outcome_text"))
    }
}
