import CaseStore
import Complaints

/// A row of a file as it is taken.
struct ImportedRow {
    let request: Incoming<ImportRequest>
    let line: Int
    /// Rows of one digest say the same (`BoundPlan.digest(of:)`).
    let digest: Int
}

/// What became of a row.
enum RowOutcome {
    case added
    /// Its case is in the database.
    case alreadyThere
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
    private var taken = TakenRows()

    init(store: CaseStore, actor: Actor) {
        self.store = store
        self.actor = actor
    }

    mutating func take(_ batch: [ImportedRow]) throws -> [RowOutcome] {
        let (store, actor) = (store, actor)
        let outcomes = try store.write { transaction in
            // A batch that fails is made once more: what it took is known with its commit.
            taken.beginBatch()
            return try batch.map { row in
                try taken.take(row) {
                    do throws(any Error) {
                        return try transaction.importCase(row.request, by: actor) == nil ? .alreadyThere : .added
                    } catch Refusal.invalid(let issues) {
                        return .refused(issues)
                    }
                }
            }
        }
        taken.commitBatch()
        return outcomes
    }
}

/// Cases go nowhere: they are checked, and counted as if they had gone in.
struct DryRunTarget: ImportTarget {
    /// Nil when there is no database yet.
    let reader: Reader?
    let now: Instant
    private var taken = TakenRows()

    init(reader: Reader?, now: Instant) {
        self.reader = reader
        self.now = now
    }

    mutating func take(_ batch: [ImportedRow]) throws -> [RowOutcome] {
        let (reader, now) = (reader, now)
        taken.beginBatch()
        let outcomes = try batch.map { row in
            try taken.take(row) { try Self.outcome(of: row.request, reader, at: now) }
        }
        taken.commitBatch()
        return outcomes
    }

    private static func outcome(
        of request: Incoming<ImportRequest>, _ reader: Reader?, at now: Instant
    ) throws -> RowOutcome {
        let issues = request.issues + request.value.issues(at: now)
        guard request.issues.isEmpty, let known = try reader?.read({ try $0.knownCase(request.value) }) else {
            return issues.isEmpty ? .added : .refused(issues)
        }
        return request.value.conflict(with: known).map { .refused([$0]) } ?? .alreadyThere
    }
}
