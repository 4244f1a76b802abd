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
    case added
    /// Its case is in the database.
    case alreadyThere
    /// It is there, and is otherwise now.
    case changed
    case refused([FieldIssue])
}

/// Where the cases of a file go.
protocol ImportTarget {
    /// Takes a batch, all of it or none; an outcome a row, in order.
    mutating func take(_ batch: [ImportedRow]) throws -> [RowOutcome]
}

/// Cases go into the database, a batch a commit.
struct StoreTarget: ImportTarget {
    let store: CaseStore
    let actor: Actor
    /// Whether what is there is changed to what the file says.
    let updates: Bool
    private var taken = TakenRows()

    init(store: CaseStore, actor: Actor, updates: Bool = false) {
        self.store = store
        self.actor = actor
        self.updates = updates
    }

    mutating func take(_ batch: [ImportedRow]) throws -> [RowOutcome] {
        let (store, actor, updates) = (store, actor, updates)
        let outcomes = try store.write { transaction in
            // A batch that fails is made once more: what it took is known with its commit.
            taken.beginBatch()
            return try batch.map { row in
                try taken.take(row) { isClaimed, request in
                    do throws(any Error) {
                        return try transaction.importCase(
                            request, from: row.origin, isClaimed: isClaimed, edits: updates ? row.edits : nil, by: actor
                        )
                    } catch Refusal.invalid(let issues) {
                        throw TakenRows.Refused(issues: issues)
                    } catch Refusal.rule(let violation) {
                        throw TakenRows.Refused(issues: [violation.issue])
                    }
                }
            }
        }
        taken.commitBatch()
        return outcomes
    }
}

extension RuleViolation {
    /// As it is told of a row.
    fileprivate var issue: FieldIssue {
        FieldIssue(
            code == .merged ? "customer" / "external_id" : "external_id", .conflictingFields,
            "can't be changed: \(detail)")
    }
}

/// Cases go nowhere: they are checked, and counted as if they had gone in.
struct DryRunTarget: ImportTarget {
    /// Nil when there is no database yet.
    let reader: Reader?
    let now: Instant
    let updates: Bool
    private var taken = TakenRows()
    /// Ids of cases that would be made, which no other has: below zero.
    private var nextID: Int64 = -1

    init(reader: Reader?, now: Instant, updates: Bool = false) {
        self.reader = reader
        self.now = now
        self.updates = updates
    }

    mutating func take(_ batch: [ImportedRow]) throws -> [RowOutcome] {
        let (reader, now, updates) = (reader, now, updates)
        taken.beginBatch()
        var id = nextID
        let outcomes = try batch.map { row in
            id -= 1
            // Whom a row before would have made is nobody yet.
            return try taken.take(row, mapsCustomers: false) { isClaimed, request in
                try Self.outcome(of: row, request, isClaimed, reader, updates: updates, id: id, at: now)
            }
        }
        nextID = id
        taken.commitBatch()
        return outcomes
    }

    private static func outcome(
        of row: ImportedRow, _ request: Incoming<ImportRequest>, _ isClaimed: (Int64) -> Bool, _ reader: Reader?,
        updates: Bool, id: Int64, at now: Instant
    ) throws -> ImportOutcome {
        var issues = request.issues + request.value.issues(at: now)
        guard request.issues.isEmpty, let reader else {
            if !issues.isEmpty { throw TakenRows.Refused(issues: issues) }
            return .added(caseID: id, customerID: id)
        }
        do {
            return try reader.read { transaction in
                guard let known = try transaction.knownCase(request.value, from: row.origin, isClaimed: isClaimed)
                else {
                    issues += try transaction.issues(of: request.value.customer)
                    if !issues.isEmpty { throw Refusal.invalid(issues) }
                    return .added(caseID: id, customerID: id)
                }
                if let conflict = request.value.conflict(with: (known.id, known.complaint, known.isErased)) {
                    throw Refusal.invalid([conflict])
                }
                guard updates, !known.isErased,
                    try !transaction.changes(of: known, by: request.value, row.edits).isNone
                else { return .alreadyThere(caseID: known.id, customerID: known.customerID) }
                return .changed(caseID: known.id, customerID: known.customerID)
            }
        } catch Refusal.invalid(let issues) {
            throw TakenRows.Refused(issues: issues)
        } catch Refusal.rule(let violation) {
            throw TakenRows.Refused(issues: [violation.issue])
        }
    }
}
