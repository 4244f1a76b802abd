import CaseStore
import Complaints

extension CustomerFilter {
    /// The filters of `GET /v1/customers`.
    init(_ query: inout QueryReader) {
        self.init()
        externalID = query.externalID()
        email = query.text("email", "The whole address.", example: "ann@example.com")
        search = query.search()
        erased = query.flag("erased", "Whether all that is personal was erased at their wish.")
    }
}

/// What of a customer's history is shown, and in which order.
struct HistoryFilter {
    /// None mean any.
    let kinds: Set<LogKind>
    let newestFirst: Bool

    /// The orders of a customer's history.
    enum Sort: String, Vocabulary {
        case log
        case logDescending = "-log"
    }

    /// The filters of `GET /v1/customers/{id}/history`.
    init(_ query: inout QueryReader) {
        kinds = query.words("kind", "Entries of one of these kinds.", example: [.promiseMade, .note])
        let sort: Sort? = query.word("sort", "-log: newest first. Without it, log.", example: .logDescending)
        newestFirst = sort == .logDescending
    }
}
