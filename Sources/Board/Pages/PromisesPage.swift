import CaseAPI

/// `/board/promises`: a list of promises by the API's filters, a page at a time.
enum PromisesPage {
    static let path = "/board/promises"
    private static let page = ListPage(
        path: path, title: Texts.promises,
        filters: [
            "state", "owner", "accountable", "unowned", "team", "category", "kind", "severity", "case_id",
            "customer_id",
            "due_after", "due_before", "due_soon", "unaccepted", "in_absence", "slips_min", "sort", "as_of", "cursor",
        ])

    static func show(_ call: PageCall) throws -> PageView {
        try page.show(call) { record, filters, values in
            let list = try record.get(
                "/v1/promises", filters.query(page.filters) + [("limit", "100"), ("fields", PromiseRow.fields)])
            values["promises"] =
                PromiseTable(caption: Texts.promises, rows: list["items"].items, clock: PageClock(record)).values
            return list
        }
    }
}
