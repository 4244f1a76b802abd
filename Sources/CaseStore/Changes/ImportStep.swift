import Complaints

/// What a row of a file comes to, decided before anything of it is written: an import goes on from there, and a look before
/// one ends with it, so that both refuse the same.
enum ImportStep {
    /// A row as it was read.
    struct Row {
        let incoming: Incoming<ImportRequest>
        let origin: ImportOrigin?
        /// What to change of a case that is there; nil to leave it as it is.
        let edits: ImportEdits?

        init(_ incoming: Incoming<ImportRequest>, origin: ImportOrigin? = nil, edits: ImportEdits? = nil) {
            self.incoming = incoming
            self.origin = origin
            self.edits = edits
        }
    }

    /// The ids that the next rows get.
    struct IDs {
        let newCustomer: () throws -> Int64
        let newCase: () throws -> Int64
        let newPromise: () throws -> Int64
    }

    /// The case is made, for that customer.
    case add(CaseChange, CustomerMatch, newNames: [String])
    /// It is there, and stays as it is.
    case leave(KnownCase)
    /// It is there, and is changed.
    case change(KnownCase, ImportChanges, newNames: [String])
}

/// What became of a case of the past, or would.
public struct ImportOutcome: Sendable {
    /// The kinds that there are.
    public enum Kind: Sendable {
        /// It was made.
        case added
        /// It was there, and stays as it is.
        case alreadyThere
        /// It was there, and was changed.
        case changed(ImportChanges)
    }

    /// What became of it.
    public let kind: Kind
    /// Its id; below zero where it would be made.
    public let caseID: Int64
    /// Its customer's; below zero where they would be made.
    public let customerID: Int64
    /// Whom it gives something to by a name that nobody was known by before the file.
    public let newNames: [String]

    init(_ step: ImportStep) {
        switch step {
        case .add(let change, _, let names):
            (kind, newNames) = (.added, names)
            (caseID, customerID) = (change.record.id, change.record.customer.id)
        case .leave(let known):
            (kind, newNames) = (.alreadyThere, [])
            (caseID, customerID) = (known.id, known.customerID)
        case .change(let known, let changes, let names):
            (kind, newNames) = (.changed(changes), names)
            (caseID, customerID) = (known.id, known.customerID)
        }
    }
}
