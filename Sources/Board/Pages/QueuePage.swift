import CaseAPI
import Complaints
import HTTPServer

/// `/board/queue`: all that waits for somebody, but what *Today* has in tables of its own, a page at a time.
enum QueuePage {
    static let path = "/board/queue"
    private static let filters = ["kind", "owner", "team", "as_of", "cursor"]

    static func show(_ call: PageCall) throws -> PageView {
        let filters = Filters(call.head, filters)
        try call.head.requireParameters(filters.all.map(\.name))
        return PageView(asOf: call.asOf, bytes: 256 * 1024) { record in
            let layout = Layout(Texts.queueTitle, of: call, asOf: call.asOf)
            var values: [String: Any] = ["title": Texts.queueTitle]
            do {
                let kinds = filters["kind"] ?? QueueRow.kinds
                let list = try record.get(
                    "/v1/queue",
                    filters.query("owner", "team", "as_of", "cursor") + [("kind", kinds), ("limit", "100")]
                )
                values["total"] = Texts.count(of: list)
                values["queue"] = QueueTable(Texts.queueTitle, "queue", list["items"].items, PageClock(record)).values
                if let next = list["next"].text {
                    let query = filters.query("kind", "owner", "team", "as_of") + [("cursor", next)]
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

extension PageRecord {
    /// What waits for somebody, in the order of the queue, as far as it is looked through.
    ///
    /// - Parameter kinds: of the queue, as the API takes them.
    func waiting(for name: String, _ kinds: String, asOf: String?) throws -> [JSONValue] {
        var found: [JSONValue] = []
        var cursor: String?
        for _ in 1...Self.mostPages {
            let list = try get(
                "/v1/queue",
                [("kind", kinds), ("limit", "200"), ("cursor", cursor), ("as_of", cursor == nil ? asOf : nil)])
            // Names compare without case, as the rules do.
            found += list["items"].items.filter { item in
                item["waits_for"].text.map { FoldedName($0) == FoldedName(name) } ?? false
            }
            cursor = list["next"].text
            if cursor == nil { break }
        }
        return found
    }

    /// How many pages of the queue are looked through: what is further down waits behind a thousand others.
    private static let mostPages = 5
}
