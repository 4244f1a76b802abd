/// A case with its promises, as one change sees them: it is read whole, changed by the rules, and what changed is
/// written back with its log in one transaction.
public struct CaseFile: Sendable, Hashable {
    /// The case itself, as the change leaves it.
    public internal(set) var record: Case
    /// All promises ever made in the case, oldest first.
    public internal(set) var promises: [Promise]
    /// What waits in the case for somebody, or did, oldest first.
    public internal(set) var matters: [Matter]
    /// The entries of the case's log that the change asked for, oldest first.
    public internal(set) var entries: [LogEntry]
    /// What the change adds to the log, in order.
    public internal(set) var log: [LogDraft]
    /// Promises that changed hands in this change, with the owner before.
    public internal(set) var ownersBefore: [Int64: String?]
    /// The same promises' acceptance by the owner before.
    public internal(set) var acceptancesBefore: [Int64: Promise.Acceptance?]
    /// The statuses that the change gave the case, one after the other.
    public internal(set) var statusesTaken: [CaseStatus]
    /// What the change raised that is to wait for somebody, each with the place in `log` of the entry that says so.
    public internal(set) var raised: [Raised]
    /// What the change settled of the matters that waited, each with the place in `log` of the entry that says so.
    public internal(set) var settled: [Settled]
    /// What the change decided about going on with the customer; nil: nothing.
    public internal(set) var relationshipDecided: Relationship?
    /// What whoever made a promise in this change is told with it (T4), by promise.
    public var advice: [Int64: PromiseAdvice]
    /// What the next new promise is called.
    var nextPromiseID: Int64

    /// A file as it was read. New promises are numbered from `nextPromiseID`.
    public init(
        record: Case, promises: [Promise], matters: [Matter] = [], entries: [LogEntry] = [],
        nextPromiseID: Int64 = .max
    ) {
        self.record = record
        self.promises = promises
        self.matters = matters
        self.entries = entries
        self.nextPromiseID = nextPromiseID
        log = []
        ownersBefore = [:]
        acceptancesBefore = [:]
        statusesTaken = []
        raised = []
        settled = []
        advice = [:]
    }

    /// The promise of that id, if it is one of this case.
    public func promise(_ id: Int64) -> Promise? {
        promises.first { $0.id == id }
    }

    /// The file once its change is on record: the case's version counts the entries written, and there is nothing
    /// left to write.
    public func committed(at now: Instant) -> CaseFile {
        guard !log.isEmpty else { return self }
        var file = CaseFile(record: record, promises: promises, matters: matters)
        file.record.version += Int64(log.count)
        file.record.updatedAt = now
        return file
    }

    mutating func replace(_ promise: Promise) {
        guard let index = promises.firstIndex(where: { $0.id == promise.id }) else {
            preconditionFailure("promise \(promise.id) is not of case \(record.id)")
        }
        promises[index] = promise
        promises[index].version += 1
    }

    mutating func takeStatus(_ status: CaseStatus, at now: Instant) {
        record.take(status, at: now)
        statusesTaken.append(status)
    }
}
