import CaseAPI
import Complaints

/// `/board/queue`: all that waits for somebody, but what *Today* has in tables of its own, a page at a time.
enum QueuePage {
    static let path = "/board/queue"
    static let list = ListPage(
        path, of: "/v1/queue", Texts.queueTitle, first: ["kind", "owner", "team", "as_of"])
    private static let usual: [(name: String, value: String?)] = [("kind", QueueRow.kinds)]

    static func show(_ call: PageCall) throws -> PageView {
        try list.show(call, usual: usual, limit: "100") { record, list, values in
            if record.call.head.parameter("kind") == nil { values["hint"] = Texts.queueWithoutOverdue }
            values["queue"] = QueueTable(Texts.queueTitle, "queue", list["items"].items, PageClock(record)).values
        }
    }

    static func table(_ call: PageCall) throws -> PageTable { try list.table(call, usual: usual) }
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
