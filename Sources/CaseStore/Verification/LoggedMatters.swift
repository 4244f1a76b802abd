import Complaints

// What waits, by the log alone
//
// Matters are kept beside the log, so that nobody has to look for them. They follow from its entries by the rules of
// CaseChange: here those are told once more, entry by entry in the order in which they were written, and what comes of it is what
// the rows have to be. So a row that was taken away is missed, and one that was put in is one too many.
//
// An entry does not say two things: whether a concession was within the policy's limit, and whether a manager closed a case. There
// either is taken.

/// What waits for somebody in cases, or did, as the entries of the log have it.
struct LoggedMatters {
    /// What tells a matter from others.
    struct Key: Hashable, Comparable {
        let caseID: Int64
        let seq: Int64
        let kind: Matter.Kind
        /// The entry that raised it once more.
        var again: Int64?

        static func < (one: Key, other: Key) -> Bool {
            (one.caseID, one.seq, one.kind.rawValue, one.again ?? 0)
                < (other.caseID, other.seq, other.kind.rawValue, other.again ?? 0)
        }
    }

    /// How a matter was settled, and by which entry.
    struct Settlement: Hashable {
        let seq: Int64
        let outcome: Matter.Outcome
    }

    /// A matter that the log raises.
    struct Raised {
        /// When it was raised, by what the rules of today say of it only since.
        let at: Instant
        /// Nil while it waits.
        fileprivate(set) var settlement: Settlement?
        /// As what it may have been settled besides, as the log does not say whether it was.
        fileprivate(set) var possible: Set<Settlement> = []

        /// Whether that is what may have become of it.
        func mayBe(_ settlement: Settlement?) -> Bool {
            settlement == self.settlement || settlement.map(possible.contains) == true
        }
    }

    /// An entry of the log, as far as it tells of matters.
    struct Entry {
        let kind: LogKind
        /// The case; nil where it is about a customer.
        let caseID: Int64?
        /// The customer; nil where it is of a case.
        let customerID: Int64?
        let seq: Int64
        let recordedAt: Instant
        let isImported: Bool
        /// The promise that it is about.
        let promiseID: Int64?
        let facts: String

        func integer(_ name: StaticString) -> Int64? { FactCoding.integer(name, in: facts) }
    }

    /// The kinds of entries that are needed.
    static let kinds: [LogKind] =
        [
            .caseOpened, .caseUpdated, .caseResolved, .caseClosed, .caseReopened, .relationship, .erased, .threat,
            .threatAssessment,
            .concession, .concessionDecision, .dispute, .disputeDecision, .escalated, .supervisorJoined,
            .customerMerged,
            .customerUnmerged, .promiseEscalated,
        ] + LogKind.settling

    /// Every one, by what tells it from others.
    private(set) var all: [Key: Raised] = [:]
    /// Those that wait, by their case.
    private var waiting: [Int64: [Key]] = [:]
    /// Threats of each case, with whether they are to somebody's safety and their last assessment.
    private var threats: [Int64: [Int64: (isSafety: Bool, assessment: Int64?)]] = [:]
    /// The promise that each dispute of a case is about.
    private var disputed: [Int64: [Int64: Int64]] = [:]
    /// The promise that each step of the ladder in a case brought up.
    private var steps: [Int64: [Int64: Int64]] = [:]
    private var notOpen: Set<Int64> = []
    private var people = LoggedRelationships()

    /// Goes on with the next entry.
    mutating func take(_ entry: Entry) {
        if let customer = entry.customerID { return people.take(entry, about: customer) }
        guard let caseID = entry.caseID else { return }
        switch entry.kind {
        case .caseOpened:
            guard let customer = entry.integer("customer_id") else { return }
            people.open(caseID, for: customer)
            guard !entry.isImported else { return }
            if entry.integer("possible_duplicate_of") != nil || people.isEnded(customer) { raise(.return, by: entry) }
        case .caseUpdated: receive(entry, caseID)
        case .relationship:
            settle([.return, .notAccepted], as: .decided, by: entry)
            people.decide(entry, in: caseID)
        case .caseResolved:
            notOpen.insert(caseID)
            resolve(entry, caseID)
        case .caseClosed:
            for key in waiting[caseID] ?? [] where key.kind == .notAccepted {
                all[key]?.possible.insert(Settlement(seq: entry.seq, outcome: .closed))
            }
        case .caseReopened:
            notOpen.remove(caseID)
            settle([.notAccepted], as: .reopened, by: entry)
        case .erased: settle(Matter.Kind.allCases, as: .lapsed, by: entry)
        case .threat:
            threats[caseID, default: [:]][entry.seq] = (entry.facts.contains("[\"threat_kind\",\"safety\"]"), nil)
            raise(.threat, by: entry)
        case .threatAssessment: assess(entry, caseID)
        case .concession:
            raise(.concession, by: entry)
            let key = Key(caseID: caseID, seq: entry.seq, kind: .concession)
            all[key]?.possible.insert(Settlement(seq: entry.seq, outcome: .granted))
        case .concessionDecision: decide(entry, caseID)
        case .dispute:
            if let promise = entry.promiseID { disputed[caseID, default: [:]][entry.seq] = promise }
            raise(.dispute, by: entry)
        case .disputeDecision: decide(dispute: entry, caseID)
        case .promiseEscalated:
            if let promise = entry.promiseID { steps[caseID, default: [:]][entry.seq] = promise }
            raise(.ladder, by: entry)
        case _ where LogKind.settling.contains(entry.kind):
            for (seq, promise) in steps[caseID] ?? [:] where promise == entry.promiseID {
                settle([.ladder], seq, as: .settled, by: entry)
            }
        case .escalated:
            settle([.escalation], as: .replaced, by: entry)
            raise(.escalation, by: entry)
        case .supervisorJoined: settle([.escalation, .danger, .notAccepted], as: .joined, by: entry)
        default: break
        }
    }

    private mutating func raise(_ kind: Matter.Kind, by entry: Entry) {
        guard let caseID = entry.caseID else { return }
        let key = Key(caseID: caseID, seq: entry.seq, kind: kind)
        all[key] = Raised(at: entry.recordedAt)
        waiting[caseID, default: []].append(key)
    }

    private mutating func settle(
        _ kinds: [Matter.Kind], _ seq: Int64? = nil, as outcome: Matter.Outcome, by entry: Entry
    ) {
        guard let caseID = entry.caseID, let keys = waiting[caseID] else { return }
        let settled = keys.filter { kinds.contains($0.kind) && (seq == nil || $0.seq == seq) }
        guard !settled.isEmpty else { return }
        for key in settled {
            all[key]?.settlement = Settlement(seq: entry.seq, outcome: outcome)
            // Who decides on a concession was asked.
            if [.approved, .refused].contains(outcome) { all[key]?.possible = [] }
        }
        waiting[caseID] = keys.filter { !settled.contains($0) }
    }

    private func isWaiting(_ kind: Matter.Kind, in caseID: Int64) -> Bool {
        waiting[caseID]?.contains { $0.kind == kind } ?? false
    }

    /// Whose the case turns out to be may be back, or somebody else than who is.
    private mutating func receive(_ entry: Entry, _ caseID: Int64) {
        guard let customer = entry.integer("customer_id"), customer != entry.integer("customer_id_before") else {
            return
        }
        people.open(caseID, for: customer)
        if people.isEnded(customer) {
            if !notOpen.contains(caseID), !isWaiting(.return, in: caseID) { raise(.return, by: entry) }
        } else {
            settle([.return], as: .lapsed, by: entry)
        }
    }

    private mutating func resolve(_ entry: Entry, _ caseID: Int64) {
        guard !entry.isImported else { return }
        settle([.escalation], as: .lapsed, by: entry)
        if let other = entry.integer("duplicate_of") {
            if isWaiting(.return, in: other) { settle([.return], as: .lapsed, by: entry) }
            return
        }
        settle([.return], as: .lapsed, by: entry)
        if FactCoding.denial("customer_accepted", in: entry.facts) { raise(.notAccepted, by: entry) }
    }

    private mutating func assess(_ entry: Entry, _ caseID: Int64) {
        guard let of = entry.integer("of"), let threat = threats[caseID]?[of] else { return }
        settle([.threat], of, as: .assessed, by: entry)
        if let before = threat.assessment { settle([.danger], before, as: .assessed, by: entry) }
        threats[caseID]?[of]?.assessment = entry.seq
        if threat.isSafety, entry.facts.contains("[\"verdict\",\"credible\"]") { raise(.danger, by: entry) }
    }

    /// What is upheld is decided for whatever else disputes the same keep.
    private mutating func decide(dispute entry: Entry, _ caseID: Int64) {
        guard let of = entry.integer("of") else { return }
        guard FactCoding.flag("upheld", in: entry.facts) else {
            return settle([.dispute], of, as: .dismissed, by: entry)
        }
        let promise = disputed[caseID]?[of]
        for (seq, other) in disputed[caseID] ?? [:] where seq == of || other == promise {
            settle([.dispute], seq, as: .upheld, by: entry)
        }
    }

    private mutating func decide(_ entry: Entry, _ caseID: Int64) {
        guard let of = entry.integer("of") else { return }
        let outcome = FactCoding.flag("approved", in: entry.facts) ? Matter.Outcome.approved : .refused
        if waiting[caseID]?.contains(where: { $0.kind == .concession && $0.seq == of }) == true {
            settle([.concession], of, as: outcome, by: entry)
        } else {
            let key = Key(caseID: caseID, seq: of, kind: .concession, again: entry.seq)
            all[key] = Raised(at: entry.recordedAt, settlement: Settlement(seq: entry.seq, outcome: outcome))
        }
    }
}

/// What was decided about going on with customers, and who they turned out to be, as the entries of the log have it.
private struct LoggedRelationships {
    /// Whose each case was last.
    private var customers: [Int64: Int64] = [:]
    /// Into whom customers are merged.
    private var merged: [Int64: Int64] = [:]
    /// Who was ever merged into a customer.
    private var merging: [Int64: Set<Int64>] = [:]
    /// The last decision about each, by its place among all.
    private var decisions: [Int64: (place: Int, isEnd: Bool)] = [:]
    private var place = 0

    mutating func take(_ entry: LoggedMatters.Entry, about customer: Int64) {
        guard let into = entry.integer("into") else { return }
        if entry.kind == .customerMerged {
            merged[customer] = into
            merging[into, default: []].insert(customer)
        } else {
            merged[customer] = nil
        }
    }

    mutating func open(_ caseID: Int64, for customer: Int64) { customers[caseID] = customer }

    /// Older entries do not say whom they are about: whose the case is.
    mutating func decide(_ entry: LoggedMatters.Entry, in caseID: Int64) {
        guard let customer = entry.integer("customer_id") ?? customers[caseID] else { return }
        place += 1
        decisions[customer] = (place, entry.facts.contains("[\"decision\",\"end\"]"))
    }

    /// Whether what was decided last about a customer, or about any of those who they are, is that the desk does not go on.
    func isEnded(_ customer: Int64) -> Bool {
        guard !decisions.isEmpty else { return false }
        var root = customer
        var passed: Set = [root]
        while let next = merged[root], passed.insert(next).inserted { root = next }
        var everybody = [root]
        var index = 0
        while index < everybody.count {
            let id = everybody[index]
            for other in merging[id] ?? [] where merged[other] == id && !everybody.contains(other) {
                everybody.append(other)
            }
            index += 1
        }
        return everybody.compactMap { decisions[$0] }.max { $0.place < $1.place }?.isEnd ?? false
    }
}
