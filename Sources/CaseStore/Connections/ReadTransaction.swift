public import Complaints
import GRDB

/// What can be asked in one transaction. Every answer is for the instant `asOf`.
public final class ReadTransaction {
    /// The instant every answer is for.
    public let asOf: Instant
    /// Whether the snapshot may hold facts that were recorded after `asOf`, which then have to be taken away.
    let isHistorical: Bool
    let db: Database
    let names: NameBook
    let statements: StatementCache
    let meter: WorkMeter
    let searchTail: SearchTail
    /// What reads for now came to; nil for any other instant.
    let cache: ReadCache?
    /// The stamp of the last batch that is in the snapshot.
    public let committed: Instant
    /// What was so before the snapshot was taken; nil where it is not to be asked as of another instant.
    private let opening: ReadOpening?
    /// How many steps of SQLite's virtual machine counting may take: enough for a hundred thousand rows of which few
    /// count, some tens of milliseconds, and an end where there are millions. It is the same wherever a list is read.
    var countingLimit = 5_000_000
    /// How many promises are looked at for one page of those that would be due otherwise: some tens of milliseconds.
    var impactLimit = 20_000
    /// By whose days load is counted.
    let ownerRules: OwnerRules
    /// Policies as this transaction has read them, or the batch before it: every create needs one. Whoever edits one here, or
    /// takes that back, forgets them; the writer forgets those of the batch before once somebody else has written.
    var policiesRead: PolicyRules?
    /// Which calendar is whose, as this transaction has read it: whoever writes a version, or takes it back, forgets it.
    var calendarsRead: CalendarBook?
    /// What those say, as far as this transaction has read it, by id; forgotten with the book.
    var deskCalendarsRead: [Int64: DeskCalendar] = [:]

    /// Whether something was searched for of which the index does not know all, as it is made anew: more may be there.
    public internal(set) var isSearchIncomplete = false

    /// Customers who are taken for being on record so; nil where all is as it is.
    public var supposed: SupposedCustomers?

    /// Whether a field has changed since `asOf`, as far as this transaction has looked.
    var changedSince: [String: Bool] = [:]

    init(
        _ db: Database, names: NameBook, statements: StatementCache, meter: WorkMeter = WorkMeter(),
        searchTail: SearchTail = SearchTail(), cache: ReadCache? = nil, ownerRules: OwnerRules = OwnerRules(),
        asOf: Instant, committed: Instant, opening: ReadOpening? = nil
    ) {
        self.ownerRules = ownerRules
        self.db = db
        self.names = names
        self.statements = statements
        self.meter = meter
        self.searchTail = searchTail
        self.cache = cache
        self.committed = committed
        self.opening = opening
        self.asOf = asOf
        isHistorical = asOf < committed
    }

    /// The same snapshot, asked as of another instant. So who asks can be looked up, and what for be told by that, in the
    /// transaction that answers.
    ///
    /// - Throws: `StoreError.inTheFuture`, and `.notYetClosed` where a batch may still be committed at or before the instant,
    ///   or has been since the snapshot was taken: that takes another snapshot.
    public func reading(asOf instant: Instant) throws -> ReadTransaction {
        guard let opening else { preconditionFailure("this snapshot is asked as of one instant") }
        try opening.admit(instant, holding: committed)
        return ReadTransaction(
            db, names: names, statements: statements, meter: meter, searchTail: searchTail, ownerRules: ownerRules,
            asOf: instant, committed: committed)
    }

    /// The same snapshot, asked as of an instant that lies before its own: what is closed up to the one is so up to the other.
    ///
    /// - Precondition: `instant` does not lie after `asOf`.
    public func earlier(_ instant: Instant) -> ReadTransaction {
        precondition(instant <= asOf, "what comes after a read's instant is not closed for it")
        return ReadTransaction(
            db, names: names, statements: statements, meter: meter, searchTail: searchTail, ownerRules: ownerRules,
            asOf: instant, committed: committed)
    }

    /// Runs `body`, which may take no more than so many steps of SQLite's virtual machine, some 50 to 100 million a second.
    ///
    /// - Throws: `StoreError.tooMuchWork` past the limit, and what `body` throws.
    public func limited<Value>(to steps: Int, _ body: () throws -> Value) throws -> Value {
        try meter.limit(to: steps, body)
    }
}
