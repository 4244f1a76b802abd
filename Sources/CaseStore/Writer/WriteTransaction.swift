public import Complaints
package import GRDB

/// What can be changed in one transaction. Every rule in it sees the same `now`: the stamp of its batch.
public final class WriteTransaction {
    /// The stamp: the instant of every change in this batch, and the `recorded_at` of what it writes.
    public let now: Instant
    /// What the record says, changes of this batch included.
    public let record: ReadTransaction
    let db: Database
    let names: NameBook
    package internal(set) var log: LogWriter
    /// Whether whoever makes a promise is told what its owner carries.
    let advises: Bool
    /// Whether what was taken out of the database still stands in the write-ahead log, and is to go from there too.
    var leavesTraces = false
    /// The earliest instant at which the clock has something to say of what was changed here.
    var earliestWake: Instant?
    /// Whether a token was made or revoked, be it in an attempt that was taken back.
    var touchesTokens = false
    /// Whether something of a webhook changed that whoever posts to it has to know of at once.
    var touchesWebhooks = false
    /// Whether a higher epoch of another service was written down, be it in an attempt that was taken back.
    var notesEpoch = false
    /// The ids that the next rows get, by the slots of `Numbering`, as far as they are known.
    var nextIDs = [Int64?](repeating: nil, count: 10)
    /// What owners carry, so that it is not counted anew for every promise of a batch.
    var ownerCounts = OwnerCounts()
    /// With whom the desk does not go on, as far as their keys tell.
    let ended: EndedCustomers
    /// Who keeps promises, as far as it was asked.
    let owners: KnownOwners
    /// Those that a mistyped name may stand for, once that was asked.
    var nearestNames: NearestNames?
    /// How many rows were changed by what is this file's alone (`locally`), also in attempts that were taken back.
    private(set) var localChanges = 0
    /// Whether each attempt is in a savepoint.
    let hasSavepoints: Bool

    /// On a connection that is in a transaction. `ended` and `owners` are kept with the connection, as `names` and
    /// `statements` are.
    package init(
        _ db: Database, names: NameBook, ended: EndedCustomers = EndedCustomers(),
        owners: KnownOwners = KnownOwners(), statements: StatementCache,
        now: Instant, log: LogWriter, hasSavepoints: Bool, advises: Bool = true
    ) {
        self.ended = ended
        self.owners = owners
        self.advises = advises
        self.db = db
        self.names = names
        self.now = now
        record = ReadTransaction(
            db, names: names, statements: statements, ownerRules: owners.rules, asOf: now, committed: now)
        self.log = log
        self.hasSavepoints = hasSavepoints
    }

    /// Does what changes only tables that are this file's alone: what follows from the record, and how it was used. It is
    /// no change of the record, so a batch of nothing else leaves the clock as it is.
    func locally<Value>(_ work: () throws -> Value) rethrows -> Value {
        let before = db.totalChangesCount
        defer { localChanges += db.totalChangesCount - before }
        return try work()
    }

    /// Brings the full-text index up to date, or a bounded distance nearer to it. Searches do not wait for it.
    public func catchUpSearch() throws {
        try locally { try search.catchUp(limit: 2 * SearchIndex.distance) }
    }

    /// Makes the next part of a full-text index anew that other rules had made. Returns whether there is more to do; searches
    /// do not wait for it.
    public func rebuildSearch() throws -> Bool {
        try locally { try search.rebuild(limit: SearchIndex.distance) }
    }

    /// Takes words of those who were erased out of the full-text index for good, a bounded part of it at a time. Returns
    /// whether there is more to do.
    public func purgeSearch() throws -> Bool {
        let before = db.totalChangesCount
        let isUnfinished = try locally { try search.purge(pages: 64) }
        leavesTraces = leavesTraces || db.totalChangesCount > before && !isUnfinished
        return isUnfinished
    }

    var statements: StatementCache { record.statements }
    var search: SearchIndex { SearchIndex(db, statements, names) }
}
