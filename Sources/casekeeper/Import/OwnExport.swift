import Complaints

/// What `--from` says a file is.
enum ImportSource: String, Vocabulary {
    /// `casekeeper export cases`, or the list of cases as CSV.
    case casekeeper
}

/// The columns of an export of Casekeeper: those of the API's lists, by the names of the fields.
enum OwnExport {
    static let id = "id"
    static let customerID = "customer_id"

    /// The columns that say how a case ended.
    enum End: String, Vocabulary {
        case resolvedAt = "resolved_at"
        case closedAt = "closed_at"
        case customerAccepted = "customer_accepted"
        case outcome
        case redressAmount = "redress_amount"
        case redressCurrency = "redress_currency"
        case finalResponseSentAt = "final_response_sent_at"
        case finalResponseChannel = "final_response_channel"
        case duplicateOf = "duplicate_of"
    }

    private static let promisePrefix = "promise."

    /// The column that a list of cases has for a field.
    static func column(of field: ImportField) -> String { field.name.replacing(".", with: "_") }

    /// The fields that a header has, each with its column.
    static func columns(in header: [String]) -> [ImportField: String] {
        var columns: [ImportField: String] = [:]
        for field in ImportField.all where field != .customerUpdate && !field.name.hasPrefix(promisePrefix) {
            let name = column(of: field)
            if header.contains(where: { $0.isExactly(name) }) { columns[field] = name }
        }
        return columns
    }

    /// The columns of a list of promises, each with its place.
    static func promiseColumns(in header: [String]) -> [ImportField: Int] {
        var columns: [ImportField: Int] = [:]
        for field in ImportField.all where field.name.hasPrefix(promisePrefix) {
            let name = String(field.name.dropFirst(promisePrefix.count))
            if let place = header.firstIndex(where: { $0.isExactly(name) }) { columns[field] = place }
        }
        return columns
    }

    /// Whether a header is that of a list of cases.
    static func isCases(_ header: [String]) -> Bool {
        [ImportField.complaint, .receivedAt].allSatisfy { columns(in: header)[$0] != nil }
    }
}
