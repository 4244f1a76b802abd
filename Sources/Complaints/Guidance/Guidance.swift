/// What to do about a case now, by all the tactics, the first thing first. It follows from the record alone, and blocks
/// nothing: what it holds back can be done all the same.
public struct Guidance: Sendable, Hashable {
    /// The case it is for.
    public let caseID: Int64
    /// How the customer was when last observed (T10).
    public let mood: Mood
    /// From the mood observed before; nil when there was none.
    public let moodTrend: MoodTrend?
    /// How many hot contacts in a row the case's owner has had (T20).
    public let hotInARow: Int
    /// Whether the customer is to be treated with particular care: it is to be minded in all of this.
    public let isCustomerVulnerable: Bool
    /// One for each tactic: what is to be done now, next, what is held back, what is done, what there is no need for.
    public let items: [Item]

    /// What is to be done about one tactic.
    public struct Item: Sendable, Hashable {
        /// Which it is.
        public let tactic: Tactic
        /// What is to be done, in a few words.
        public let title: String
        /// Whether to do it now.
        public let state: State
        /// What in the record says so.
        public let why: Reason
        /// What does it; nil where nothing is to be called.
        public let call: GuidedCall?
    }

    /// Whether something is to be done now.
    public enum State: String, Vocabulary {
        /// The first thing to do.
        case now
        /// To be done later, or at any time.
        case next
        /// A tactic says to wait with it.
        case held
        /// Done already.
        case done
        /// The case gives no occasion for it.
        case notNeeded = "not_needed"
    }

    /// What in the record says so: entries of the log and promises, or that there are none.
    public struct Reason: Sendable, Hashable {
        /// A sentence or two for people.
        public let text: String
        /// The entries that say so, by their numbers in the case's log.
        public let entries: [Int64]
        /// The promises that say so.
        public let promises: [Int64]

        init(_ text: String, entries: [Int64] = [], promises: [Int64] = []) {
            self.text = text
            self.entries = entries
            self.promises = promises
        }
    }

    /// The kinds of entries that it has to know of a case's log: not those there may be any number of, which decide
    /// nothing.
    public static let kinds: [LogKind] =
        [.caseOpened, .caseUpdated, .caseReopened, .escalated, .relationship]
        + LogKind.written.filter { ![.note, .statement, .thanks, .forwarded, .referralDecision].contains($0) }

    /// The kind of which it has to know the latest entry alone: what the customer said since the complaint (T5, T7).
    public static let latestKind = LogKind.statement

    /// For a case, as of `now`.
    ///
    /// - Parameters:
    ///   - entries: all of the case's log that are of `kinds`, and the latest of `latestKind`, oldest first.
    ///   - policy: the one for the case's severity.
    ///   - hotInARow: how many hot contacts in a row the case's owner has had, 0 for nobody.
    ///   - regime: that it is under; nil for none.
    ///   - deadline: by when it must be settled, and how long that is; nil where nothing demands it.
    package init(
        of file: CaseFile, entries: [LogEntry], under policy: Policy, hotInARow: Int, regime: RegimeInForce? = nil,
        deadline: DeadlineLeft? = nil, at now: Instant
    ) {
        let basis = GuidanceBasis(
            of: file, entries: entries, under: policy, hotInARow: hotInARow, regime: regime, deadline: deadline, at: now
        )
        caseID = file.record.id
        mood = basis.mood
        moodTrend = basis.moodTrend
        self.hotInARow = hotInARow
        isCustomerVulnerable = file.record.customer.fields.vulnerable
        let findings = [
            basis.timeline.adding(basis.deadlineWords).adding(basis.customerWords, promises: basis.customerPromises),
            basis.keeping.adding(basis.clockWords, promises: basis.clockPromises), basis.delays, basis.acceptance,
            basis.record, basis.facts, basis.restating,
            basis.acknowledging, basis.apology, basis.venting, basis.coolingOff, basis.refusing, basis.supervising,
            basis.agreeing, basis.conceding, basis.threats, basis.relationship, basis.debriefing, basis.learning,
            basis.handingOver, basis.followingUp,
        ]
        items = Self.ordered(file.record.customer.isErased ? findings.map(\.erased) : findings)
    }

    /// Of what is to be done with the customer, the first thing is to be done now, and so it is in the house; what is
    /// learned waits until nothing else is to be done. What a threat to somebody's safety asks for goes before all of it.
    private static func ordered(_ findings: [Finding]) -> [Item] {
        let turns = findings.compactMap(\.turn).sorted()
        func first(_ lanes: Turn.Lane...) -> [Turn] {
            lanes.compactMap { lane in turns.first { $0.lane == lane } }
        }
        let safety = turns.filter { $0.lane == .safety }
        let now = [safety, first(.customer, .house), first(.afterwards)].first { !$0.isEmpty } ?? []
        let items = findings.map { finding -> (item: Item, place: (Int, Int)) in
            let state: State =
                switch finding.standing {
                case .pending(let turn): now.contains(turn) ? .now : .next
                case .held: .held
                case .done: .done
                case .notNeeded: .notNeeded
                }
            let item = Item(
                tactic: finding.tactic, title: finding.title, state: state, why: finding.why, call: finding.call)
            return (item, (State.allCases.firstIndex(of: state) ?? 0, finding.turn?.rawValue ?? 0))
        }
        // What has the same place stays in the order of the tactics.
        return items.enumerated().sorted { a, b in
            let (left, right) = (a.element.place, b.element.place)
            return (left.0, left.1, a.offset) < (right.0, right.1, b.offset)
        }.map(\.element.item)
    }
}
