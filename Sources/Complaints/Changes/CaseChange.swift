/// A change of a case while the rules make it: a unit of work. It begins with the file as it is on record, the rules
/// change that and note beside it what is to be written, and the store writes it in one transaction. One that was
/// refused may hold half of it: it is dropped.
public struct CaseChange: Sendable, Hashable {
    /// The case as it is on record; nil for one that the change makes.
    public let before: CaseFile?
    /// The case as the change leaves it, as far as the rules have come.
    public internal(set) var file: CaseFile
    /// The entries of the case's log that the change has to know, oldest first.
    public let entries: [LogEntry]
    /// The same of the cases that went on in this one as its duplicates, by their ids.
    let entriesElsewhere: [Int64: [LogEntry]]
    /// The customer that the change names as the case's, as they are on record; nil where there is none of that id, or none is
    /// named.
    public let named: Customer?
    /// The fields of a case that the change makes, as it opens it; nil for one on record.
    public let openedAs: CaseFields?
    /// The regime that the case is under as the change begins, or that it is opened under; nil for none.
    package var regime: RegimeInForce?
    /// The regime that an edit names as the case's; nil where it names none.
    package var namedRegime: RegimeInForce?
    /// When the calendar of that was last changed; nil where it never was.
    package var namedCalendarChangedAt: Instant?
    /// What the change adds to the log, in order; while that is nothing, nothing has changed.
    public internal(set) var log: [LogDraft] = []
    /// Promises that changed hands in this change, with the owner before.
    public internal(set) var ownersBefore: [Int64: String?] = [:]
    /// The same promises' acceptance by the owner before.
    public internal(set) var acceptancesBefore: [Int64: Promise.Acceptance?] = [:]
    /// Those of them that their owner declined.
    public internal(set) var declined: Set<Int64> = []
    /// The statuses that the change gave the case, one after the other.
    public internal(set) var statusesTaken: [StatusChange] = []
    /// What the change raised that is to wait for somebody, each with the place in `log` of the entry that says so.
    public internal(set) var raised: [Raised] = []
    /// What the change settled of the matters that waited, each with the place in `log` of the entry that says so.
    public internal(set) var settled: [Settled] = []
    /// The stages of regimes that the change had the case come to.
    public internal(set) var stagesOpened: [CaseStage] = []
    /// Those that it found to be a mistake.
    public internal(set) var stagesUndone: [CaseStage] = []
    /// The clocks that a keep of the change should have started, and that can't be counted on their calendar, by name.
    var uncountedClocks: [String] = []
    /// What the change decided about going on with the customer; nil: nothing.
    public internal(set) var relationshipDecided: Relationship?
    /// Those of whom it may come up who take on nothing new.
    package var inactive: Set<FoldedName> = []
    /// Those to whom something may go back, who are away today.
    package var away: Set<FoldedName> = []
    /// Whether it brings in a case of the past: what it makes by itself was made then, too.
    var isHistory = false
    /// What the next new promise is called.
    var nextPromiseID: Int64

    /// A change of a case on record, nothing of it made yet. New promises are numbered from `nextPromiseID`.
    public init(
        of file: CaseFile, knowing entries: [LogEntry] = [], elsewhere: [Int64: [LogEntry]] = [:],
        naming customer: Customer? = nil, nextPromiseID: Int64
    ) {
        entriesElsewhere = elsewhere
        named = customer
        before = file
        openedAs = nil
        self.file = file
        self.entries = entries
        self.nextPromiseID = nextPromiseID
    }

    /// The making of a case, without its promises yet.
    init(making record: Case, nextPromiseID: Int64) {
        named = nil
        before = nil
        openedAs = record.fields
        file = CaseFile(record: record, promises: [])
        entries = []
        entriesElsewhere = [:]
        self.nextPromiseID = nextPromiseID
    }

    /// The case itself, as far as the change has come.
    public var record: Case { file.record }

    /// Its promises, the new ones last.
    public var promises: [Promise] { file.promises }

    /// What waited in the case before the change.
    public var matters: [Matter] { file.matters }

    /// The promises that the change has made, in order.
    public var made: ArraySlice<Promise> { file.promises[(before?.promises.count ?? 0)...] }

    /// The promises that were given to somebody else than who had them.
    public var given: [Promise] {
        promises.filter { promise in
            guard let before = ownersBefore[promise.id] else { return false }
            return !before.isExactly(promise.owner)
        }
    }

    /// The promise of that id, if it is one of this case.
    public func promise(_ id: Int64) -> Promise? { file.promise(id) }

    /// The file once the change is on record at `now`: the case's version counts the entries written.
    public func committed(at now: Instant) -> CaseFile {
        guard !log.isEmpty else { return file }
        var file = file
        file.record.version += Int64(log.count)
        file.record.updatedAt = now
        return file
    }

    mutating func replace(_ promise: Promise) {
        guard let index = promises.firstIndex(where: { $0.id == promise.id }) else {
            preconditionFailure("promise \(promise.id) is not of case \(record.id)")
        }
        file.promises[index] = promise
        file.promises[index].version += 1
    }

    mutating func takeStatus(
        _ status: CaseStatus, customerAccepted: Bool? = nil, duplicateOf: Int64? = nil,
        ending: CaseEnding = CaseEnding(), resolvedAt: Instant? = nil, at now: Instant
    ) {
        take(
            StatusChange(
                recordedAt: now, status: status, customerAccepted: customerAccepted, duplicateOf: duplicateOf,
                ending: ending, resolvedAt: resolvedAt))
    }

    mutating func take(_ change: StatusChange) {
        file.record.take(change)
        statusesTaken.append(change)
    }
}
