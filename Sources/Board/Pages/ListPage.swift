import CaseAPI
import Complaints
import HTTPServer

/// A list of the API as a page, a part of it at a time.
struct ListPage {
    let path: String
    let title: String
    /// The parameters that narrow it down, and its cursor, which has the next part.
    let filters: [String]

    private static let cursor = "cursor"

    /// - Parameter fill: asks for a part, puts its table into the values of the template `list`, and returns it; nil where nothing was
    ///   asked for.
    func show(
        _ call: PageCall,
        fill: @escaping @Sendable (PageRecord, Filters, inout [String: Any]) throws -> JSONValue?
    ) throws -> PageView {
        let filters = Filters(call.head, filters)
        try call.head.requireParameters(self.filters)
        return PageView(asOf: call.asOf, bytes: 256 * 1024) { record in
            let layout = Layout(title, of: call, asOf: call.asOf)
            var values: [String: Any] = ["title": title]
            do {
                if let list = try fill(record, filters, &values) {
                    values["total"] = Texts.count(of: list)
                    if let next = list["next"].text {
                        let query = filters.all.filter { !$0.name.isExactly(Self.cursor) } + [(Self.cursor, next)]
                        values["more"] = ["link": Link.to(path, query), "name": Texts.nextPage]
                    }
                }
                return layout.page(Templates.render("list", values))
            } catch let problem as PageProblem {
                values["problem"] = Notice(problem).values
                return layout.page(Templates.render("list", values), problem.status)
            }
        }
    }
}
