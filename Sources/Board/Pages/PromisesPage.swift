import CaseAPI
import Complaints
import HTTPServer

/// `/board/promises`: a list of promises by the API's filters, a page at a time.
enum PromisesPage {
    static let path = "/board/promises"
    private static let filters = [
        "state", "owner", "accountable", "unowned", "team", "category", "kind", "severity", "case_id", "customer_id",
        "due_after", "due_before", "due_soon", "unaccepted", "in_absence", "slips_min", "sort", "as_of", "cursor",
    ]

    static func show(_ call: PageCall) throws -> PageView {
        let filters = Filters(call.head, filters)
        try call.head.requireParameters(filters.all.map(\.name))
        return PageView(asOf: call.asOf, bytes: 256 * 1024) { record in
            let layout = Layout(Texts.promises, of: call, asOf: call.asOf)
            var values: [String: Any] = ["title": Texts.promises]
            do {
                let list = try record.get(
                    "/v1/promises", filters.query(Self.filters) + [("limit", "100"), ("fields", PromiseRow.fields)])
                values["total"] = Texts.count(of: list)
                values["promises"] =
                    PromiseTable(caption: Texts.promises, rows: list["items"].items, clock: PageClock(record)).values
                if let next = list["next"].text {
                    let query = filters.all.filter { !$0.name.utf8.elementsEqual("cursor".utf8) } + [("cursor", next)]
                    values["more"] = ["link": Link.to(path, query), "name": Texts.nextPage]
                }
                return layout.page(Templates.render("list", values))
            } catch let problem as PageProblem {
                values["problem"] = Notice(problem).values
                return layout.page(Templates.render("list", values), problem.status)
            }
        }
    }
}
