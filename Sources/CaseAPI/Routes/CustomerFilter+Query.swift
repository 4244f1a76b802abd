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
        emails = email.map(Self.addresses) ?? []
        search = query.search()
        erased = query.flag("erased", "Whether all that is personal was erased at their wish.")
    }
}

extension CustomerFilter {
    /// What a text of a query can stand for: form-decoding has made a space of a `+` that was not encoded. What has a space is
    /// no address, but it may have been written down as one.
    private static func addresses(_ text: String) -> [String] {
        let text = text.trimmingSpaces
        let address = text.utf8.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 }
        return text.utf8.elementsEqual(address)
            ? [String(text)] : [String(text), String(decoding: address, as: UTF8.self)]
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
