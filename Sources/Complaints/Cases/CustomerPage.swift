/// A case as its customer may see it (T21): what was promised to them, by when, what became of it, what moved and why, as
/// they were told, and how it ended. Nothing of it is internal: no owner, no mood, no severity, no line the desk knows it
/// by, no reason the desk has for itself, nothing that was promised to the desk itself.
public struct CustomerPage: Sendable, Hashable {
    /// The case; only what the page shows of it may be shown.
    public let record: Case
    /// What was promised, oldest first: a date that moved is one promise here, with its moves, and so is what went on in
    /// another case, or came from there.
    public let promises: [Item]
    /// The stage of a procedure that the case is at; nil where it is under no regime.
    public let stage: Stage?
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
        /// When that was made; in the case where it was, if it goes on from another one.
        public var madeAt: Instant { promise.firstMadeAt }
        /// What has become of it.
        public let state: PromiseState
        /// How its date has moved, oldest first.
        public let moves: [Move]

        /// What was promised, in words for the customer.
        public var what: String { promise.whatToCustomer }

        /// The clock of a regime that made it, by name; nil: none did.
        public var clock: String? { promise.clock?.name }

        /// Why it was given up, as they were told; nil while it stands.
        public var explanation: String? { promise.settlement?.explanation }

        /// When it was given up, with their release or without; nil where it was not.
        public var givenUpAt: Instant? { promise.givenUpAt }

        /// When it was kept; nil where that was found not to be so.
        public var keptAt: Instant? { [.kept, .keptLate].contains(state) ? promise.keptAt : nil }
    }

    /// That a date moved, or that one promise took the place of another. The old one stays told of: what the customer was promised is
    /// not said otherwise afterwards.
    public struct Move: Sendable, Hashable {
        /// What was promised until then, in words for the customer.
        public let what: String
        /// When that was promised.
        public let promisedAt: Instant
        /// The date it had.
        public let from: Instant
        /// The date it was given.
        public let to: Instant
        /// When it moved.
        public let at: Instant
        /// Whether the date had passed by then, or the promise was found not to have been kept.
        public let wasMissed: Bool
        /// Whether it was given up, with their release or without, and something else was promised.
        public let wasGivenUp: Bool
        /// Why, as the customer was told, by whatever the promise was replaced; nil when it was not put into words.
        public let explanation: String?
    }

    /// A stage of a procedure that an authority sets for complaints, with what runs in it for the whole case; what its clocks
    /// promise is among the promises.
    public struct Stage: Sendable, Hashable {
        /// What the regime calls it.
        public let name: String
        /// What the regime is, in a line; nil where its version is not to be had.
        public let regime: String?
        /// Whose rules they are.
        public let authority: String?
        /// When the customer asked for it; of the first stage, when the complaint was received.
        public let requestedAt: Instant
        /// By when the complaint has to be settled by its clocks; nil where they set no date, and once the case is over.
        public let hardDeadline: Instant?
    }

    /// The kinds of entries in the case's log that it shows something of.
    public static let kinds: [LogKind] = [.supervisorJoined, .caseResolved]
}

extension CaseFile {
    /// Whether the customer was told of a promise, or of one whose place it took.
    ///
    /// - Parameter elsewhere: the promises of other cases whose chains the case's are part of.
    func isKnown(_ promise: Promise, among elsewhere: [Promise] = []) -> Bool {
        var promise = promise
        while promise.told == nil {
            let before = promise.supersedes ?? promise.origin?.promise
            guard let before = before.flatMap({ id in self.promise(id) ?? elsewhere.first { $0.id == id } }) else {
                return false
            }
            promise = before
        }
        return true
    }

    /// Whether a promise was made to the case's customer. One that goes on from a case that turned out to be another one's was
    /// not: it is none of what they are shown.
    private func isTheirs(_ promise: Promise, among elsewhere: [Promise]) -> Bool {
        var promise = promise
        while let before = promise.supersedes ?? promise.origin?.promise {
            guard let found = self.promise(before) ?? elsewhere.first(where: { $0.id == before }) else { return false }
            promise = found
        }
        return true
    }

    /// What the customer may see of the case at `now`. What was entered by mistake was not promised, unless they had been
    /// told of it, or of an earlier date of it.
    ///
    /// - Parameters:
    ///   - entries: all of the case's log that are of `CustomerPage.kinds`, oldest first.
    ///   - elsewhere: the promises of other cases of theirs whose chains the case's are part of.
    ///   - regime: the version that holds for the case; nil for none.
    public func customerPage(
        _ entries: [LogEntry], elsewhere: [Promise] = [], under regime: Regime? = nil, at now: Instant
    ) -> CustomerPage {
        let shown = (promises + elsewhere).filter {
            $0.isToCustomer && isTheirs($0, among: elsewhere)
                && ($0.state(at: now) != .void || isKnown($0, among: elsewhere))
        }
        let byID = Dictionary(uniqueKeysWithValues: shown.map { ($0.id, $0) })
        let before = { (promise: Promise) in
            promise.supersedes ?? promise.origin?.promise ?? shown.missed(before: promise)?.id
        }
        let continued = Set(shown.compactMap(before))
        let items = shown.filter { !continued.contains($0.id) }.sorted { $0.id < $1.id }.map { last in
            var moves: [CustomerPage.Move] = []
            var promise = last
            while let before = before(promise).flatMap({ byID[$0] }) {
                // What goes on in another case, or is promised once more, has not moved.
                if promise.supersedes != nil {
                    moves.append(
                        CustomerPage.Move(
                            what: before.whatToCustomer, promisedAt: before.firstMadeAt, from: before.dueAt,
                            to: promise.dueAt, at: promise.madeAt,
                            wasMissed: before.upheld != nil || promise.madeAt > before.dueAt,
                            wasGivenUp: before.givenUpAt != nil, explanation: before.settlement?.explanation))
                }
                promise = before
            }
            return CustomerPage.Item(promise: last, state: last.state(at: now), moves: moves.reversed())
        }
        let resolution = record.status == .open ? nil : entries.last { $0.kind == .caseResolved }
        return CustomerPage(
            record: record, promises: items, stage: record.fields.regime == nil ? nil : shownStage(under: regime),
            nextDueAt: items.filter { $0.state == .open }.map(\.promise.dueAt).min(),
            supervisorJoinedAt: entries.last { $0.kind == .supervisorJoined }?.at,
            outcomeText: resolution?.text("outcome_text"))
    }

    private func shownStage(under regime: Regime?) -> CustomerPage.Stage? {
        stage.map { stage in
            let isClocked = record.status == .open && stage.hardDeadline != nil
            return CustomerPage.Stage(
                name: stage.name, regime: regime?.title, authority: regime?.authority, requestedAt: stage.requestedAt,
                hardDeadline: isClocked ? record.fields.hardDeadline : nil)
        }
    }
}
