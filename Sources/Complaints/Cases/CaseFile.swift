/// A case with its promises, as one change sees them: it is read whole, changed by the rules, and what changed is
/// written back with its log in one transaction.
public struct CaseFile: Sendable, Hashable {
    /// The case itself, as the change leaves it.
    public internal(set) var record: Case
    /// All promises ever made in the case, oldest first.
    public internal(set) var promises: [Promise]
    /// What the change adds to the log, in order.
    public internal(set) var log: [LogDraft]
    /// Promises that changed hands in this change, with the owner before.
    public internal(set) var ownersBefore: [Int64: String?]
    /// Whether the change gave the case another status.
    public internal(set) var statusChanged: Bool
    /// What the next new promise is called.
    var nextPromiseID: Int64

    /// A file as it was read. New promises are numbered from `nextPromiseID`.
    public init(record: Case, promises: [Promise], nextPromiseID: Int64 = .max) {
        self.record = record
        self.promises = promises
        self.nextPromiseID = nextPromiseID
        log = []
        ownersBefore = [:]
        statusChanged = false
    }

    /// The promise of that id, if it is one of this case.
    public func promise(_ id: Int64) -> Promise? {
        promises.first { $0.id == id }
    }

    /// The file once its change is on record: the case's version counts the entries written, and there is nothing
    /// left to write.
    public func committed(at now: Instant) -> CaseFile {
        guard !log.isEmpty else { return self }
        var file = CaseFile(record: record, promises: promises)
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
        statusChanged = true
    }
}
