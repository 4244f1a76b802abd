import CaseAPI
import Complaints

/// Something that waits for somebody, as a line of a table.
struct QueueRow {
    /// All that waits but what has a table of its own: overdue promises, and cases without news.
    static let kinds = QueueKind.allCases.filter { $0 != .overdue && $0 != .updateDue }.map(\.rawValue)
        .joined(separator: ",")

    private let item: JSONValue
    private let clock: PageClock

    init(_ item: JSONValue, _ clock: PageClock) {
        self.item = item
        self.clock = clock
    }

    /// For the template `queue`.
    var values: [String: Any] {
        let cells = CaseCells(summary: item["case"], id: item["case"]["id"].integer ?? 0, clock: clock)
        var values = cells.values
        if let id = item["promise_id"].integer { values["case"] = cells.place(ofPromise: id) }
        values["why"] = APISentence(text: item["why"].text ?? "", clock: clock).beginning
        values["kind"] = Texts.queueKind(item["kind"].text)
        if let name = cells.person(item["waits_for"]) { values["for"] = name }
        if let since = clock.told(item["since"]) { values["since"] = since }
        return values
    }
}

/// A table of what waits.
struct QueueTable {
    private let title: String
    private let id: String
    private let items: [JSONValue]
    private let clock: PageClock
    /// How many there are in all, and where; nil where all of them are shown.
    var all: (total: String, link: String)?
    /// What it is not narrowed down by; nil where there is nothing to say.
    var scope: String?
    /// What is said where nothing waits.
    var none = Texts.nothingWaits

    init(_ title: String, _ id: String, _ items: [JSONValue], _ clock: PageClock) {
        self.title = title
        self.id = id
        self.items = items
        self.clock = clock
    }

    /// For the template `queue`.
    var values: [String: Any] {
        var values: [String: Any] = [
            "title": title, "id": id, "rows": items.map { QueueRow($0, clock).values }, "hasRows": !items.isEmpty,
            "none": none, "columns": Texts.queueColumns, "all": false, "scope": false,
        ]
        if let all {
            values["all"] = ["shown": Texts.shown(items.count, of: all.total), "link": all.link, "name": Texts.more]
        }
        if let scope { values["scope"] = scope }
        return values
    }
}
