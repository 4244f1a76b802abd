import CaseStore
import Complaints

/// What became of a row.
enum RowOutcome {
    case added
    /// Its `external_id` is in the database.
    case alreadyThere
    case refused([FieldIssue])
}

/// Where the cases of a file go.
protocol ImportTarget {
    /// Takes a batch, all of it or none; an outcome a case, in order.
    mutating func take(_ batch: [Incoming<ImportRequest>]) throws -> [RowOutcome]
}

/// Cases go into the database, a batch a commit.
struct StoreTarget: ImportTarget {
    let store: CaseStore
    let actor: Actor

    func take(_ batch: [Incoming<ImportRequest>]) throws -> [RowOutcome] {
        try store.write { transaction in
            try batch.map { request in
                do throws(any Error) {
                    return try transaction.importCase(request, by: actor) == nil ? .alreadyThere : .added
                } catch Refusal.invalid(let issues) {
                    return .refused(issues)
                }
            }
        }
    }
}

/// Cases go nowhere: they are checked, and counted as if they had gone in.
struct DryRunTarget: ImportTarget {
    /// Nil when there is no database yet.
    let reader: Reader?
    let now: Instant
    private var seen: Set<[UInt8]> = []

    init(reader: Reader?, now: Instant) {
        self.reader = reader
        self.now = now
    }

    mutating func take(_ batch: [Incoming<ImportRequest>]) throws -> [RowOutcome] {
        try batch.map { request in
            let externalID = request.value.fields.externalID
            if let externalID, try seen.contains(Array(externalID.utf8)) || isThere(externalID) { return .alreadyThere }
            let issues = request.issues + request.value.issues(at: now)
            guard issues.isEmpty else { return .refused(issues) }
            if let externalID { seen.insert(Array(externalID.utf8)) }
            return .added
        }
    }

    private func isThere(_ externalID: String) throws -> Bool {
        var filter = CaseFilter()
        filter.externalID = externalID
        return try reader?.read { try !$0.cases(filter, PageRequest(limit: 1, counts: false)).items.isEmpty } ?? false
    }
}
