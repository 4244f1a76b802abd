import CaseStore
import Complaints

/// A row of a file as it is taken.
struct ImportedRow {
    var request: Incoming<ImportRequest>
    let line: Int
    /// Rows of one digest say the same (`BoundPlan.digest(of:)`).
    let digest: Int
    /// What its columns make of a case that is there.
    var edits = ImportEdits()
    /// Where an export of Casekeeper had it.
    var origin: ImportOrigin?
}

/// What became of a row.
enum RowOutcome {
    /// Its case is there now, and gives something to those whom nobody was known as before the file.
    case added(newNames: [String])
    /// Its case is in the database.
    case alreadyThere
    /// It is there, and is otherwise now.
    case changed(ImportChanges, newNames: [String])
    case refused([FieldIssue])
}

/// Where the cases of a file go.
protocol ImportTarget {
    /// Takes a batch, all of it or none; an outcome a row, in order.
    mutating func take(_ batch: [ImportedRow]) throws -> [RowOutcome]

    /// Who is known, by the names that they are known by.
    func knownNames() throws -> [String]
}

/// Cases go into the database, a batch a commit.
struct StoreTarget: ImportTarget {
    let store: CaseStore
    let actor: Actor
    /// Whether what is there is changed to what the file says.
    let updates: Bool
    private var taken: TakenRows

    init(store: CaseStore, actor: Actor, updates: Bool = false, names: GivenNames = GivenNames()) {
        self.store = store
        self.actor = actor
        self.updates = updates
        taken = TakenRows(names: names)
    }

    func knownNames() throws -> [String] { try store.makeReader().read { try $0.knownNames() } }

    mutating func take(_ batch: [ImportedRow]) throws -> [RowOutcome] {
        let (store, actor, updates) = (store, actor, updates)
        let outcomes = try store.write { transaction in
            // A batch that fails is made once more: what it took is known with its commit.
            taken.beginBatch()
            return try batch.map { row in
                try taken.take(row) { isClaimed, names, request in
                    try transaction.importCase(
                        request, from: row.origin, isClaimed: isClaimed, edits: updates ? row.edits : nil,
                        names: &names, by: actor)
                }
            }
        }
        taken.commitBatch()
        return outcomes
    }
}

/// Cases go nowhere: they are checked, and counted as if they had gone in.
struct DryRunTarget: ImportTarget {
    /// Of what is there, or of a new database where there is none yet.
    let reader: Reader
    let now: Instant
    let actor: Actor
    let updates: Bool
    private var taken: TakenRows
    /// What rows would have made of customers: later rows may be theirs.
    private let supposed = SupposedCustomers()

    init(reader: Reader, actor: Actor, now: Instant, updates: Bool = false, names: GivenNames = GivenNames()) {
        self.reader = reader
        self.actor = actor
        self.now = now
        self.updates = updates
        taken = TakenRows(names: names)
    }

    func knownNames() throws -> [String] { try reader.read { try $0.knownNames() } }

    mutating func take(_ batch: [ImportedRow]) throws -> [RowOutcome] {
        let (now, actor, updates) = (now, actor, updates)
        taken.beginBatch()
        let outcomes = try reader.read { transaction in
            transaction.supposed = supposed
            return try batch.map { row in
                try taken.take(row) { isClaimed, names, request in
                    try transaction.tryImport(
                        request, from: row.origin, isClaimed: isClaimed, edits: updates ? row.edits : nil,
                        names: &names, by: actor, at: now)
                }
            }
        }
        taken.commitBatch()
        return outcomes
    }
}
