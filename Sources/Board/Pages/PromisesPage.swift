import CaseAPI

/// `/board/promises`: a list of promises by the API's filters, a page at a time.
enum PromisesPage {
    static let path = "/board/promises"
    static let list = ListPage(
        path, of: "/v1/promises", Texts.promises, at: .promises,
        first: ["state", "owner", "team", "category", "due_after", "due_before", "as_of"])

    static func show(_ call: PageCall) throws -> PageView {
        try list.show(call, limit: "100", fields: PromiseRow.fields) { record, list, values in
            values["promises"] =
                PromiseTable(caption: Texts.promises, rows: list["items"].items, clock: PageClock(record)).values
        }
    }

    static func table(_ call: PageCall) throws -> PageTable { try list.table(call) }
}
