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
    /// What reads for now came to.
    let memory: ReadMemory?
    /// The stamp of the last batch that is in the snapshot.
    public let committed: Instant
    /// How many steps of SQLite's virtual machine counting may take: enough for a hundred thousand rows of which few
    /// count, some tens of milliseconds, and an end where there are millions. It is the same wherever a list is read.
    var countingLimit = 5_000_000
    /// Policies as this transaction has read them: every create of a batch needs one. They depend on the severity and on
    /// the edits of this transaction alone: whoever makes one, or takes it back, forgets them.
    var policiesRead: [Severity: Policy] = [:]

    init(
        _ db: Database, names: NameBook, statements: StatementCache, meter: WorkMeter = WorkMeter(),
        searchTail: SearchTail = SearchTail(), memory: ReadMemory? = nil, asOf: Instant, committed: Instant
    ) {
        self.db = db
        self.names = names
        self.statements = statements
        self.meter = meter
        self.searchTail = searchTail
        self.memory = memory
        self.committed = committed
        self.asOf = asOf
        isHistorical = asOf < committed
    }

    /// Whether a name was ever given in that role, in any case.
    public func isKnown(_ name: String, as role: NameRole) throws -> Bool {
        let statement = try db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM name WHERE role = ? AND folded = ?)")
        return try Bool.fetchOne(statement, arguments: [role.rawValue, name.folded]) ?? false
    }
}
