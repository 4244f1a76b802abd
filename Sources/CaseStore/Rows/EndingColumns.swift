import Complaints

/// The columns of how a case ended, in its own row and in that of each change of its status. Few cases have any, and none has as it
/// is opened: they are written with a change of them alone.
enum EndingColumns {
    /// In the order of `add`. The log calls them so too.
    static let names = [
        "outcome", "redress_amount", "redress_currency", "final_response_sent_at", "final_response_channel",
    ]

    static func list(of table: String) -> String { names.map { "\(table).\($0)" }.joined(separator: ", ") }

    static func ending(_ row: Columns, at first: Int) throws -> CaseEnding {
        var ending = CaseEnding(outcome: try row.optionalWord(first))
        if let amount = row.optionalInteger(first + 1) {
            guard let currency = Currency(row.text(first + 2)) else {
                throw StoreError.unreadable("\(row.text(first + 2)) is no currency")
            }
            ending.redress = Money(amount: amount, currency: currency)
        }
        if let sentAt = row.optionalInstant(first + 3) {
            ending.finalResponse = FinalResponse(sentAt: sentAt, channel: try row.word(first + 4))
        }
        return ending
    }

    static func add(_ ending: CaseEnding, to row: inout Bindings) {
        row.add(ending.outcome?.rawValue)
        row.add(ending.redress?.amount)
        row.add(ending.redress?.currency.code)
        row.add(ending.finalResponse?.sentAt)
        row.add(ending.finalResponse?.channel.rawValue)
    }
}
