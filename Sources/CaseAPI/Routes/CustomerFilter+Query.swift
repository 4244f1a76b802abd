import CaseStore
import Complaints

extension CustomerFilter {
    /// The filters of `GET /v1/customers`.
    init(_ query: inout QueryReader) {
        self.init()
        externalID = query.externalID()
        let email = query.text(
            "email", "The whole address. No address has a space: one is taken for a + that was not encoded.",
            example: "ann@example.com")
        emails = email.map(QueryReader.addresses) ?? []
        search = query.search()
        erased = query.flag("erased", "Whether all that is personal was erased at their wish.")
        vulnerable = query.vulnerable()
    }
}

extension QueryReader {
    /// `vulnerable`, of customers and of their cases.
    mutating func vulnerable() -> Bool? {
        flag("vulnerable", "Whose customers are, or are not, to be treated with particular care.")
    }
}

/// What of a customer's history is shown, and in which order.
struct HistoryFilter {
    let entries: EntryFilter
    let newestFirst: Bool

    /// The orders of a customer's history.
    enum Sort: String, Vocabulary {
        case log
        case logDescending = "-log"
    }

    /// The filters of `GET /v1/customers/{id}/history`.
    init(_ query: inout QueryReader) {
        entries = EntryFilter(withKinds: &query)
        let sort: Sort? = query.word("sort", "-log: newest first. Without it, log.", example: .logDescending)
        newestFirst = sort == .logDescending
    }
}
