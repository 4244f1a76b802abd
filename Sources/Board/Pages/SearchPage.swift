import CaseAPI
import Complaints

/// `/board/search`: cases by the words in them and by all else that `GET /v1/cases` narrows them down by, a page at a time.
enum SearchPage {
    static let path = "/board/search"

    static let list = ListPage(
        path, of: "/v1/cases", Texts.search,
        first: ["q", "status", "overdue", "owner", "team", "category", "as_of"])

    static func show(_ call: PageCall) throws -> PageView {
        let fill: @Sendable (PageRecord, JSONValue, inout [String: Any]) -> Void = { record, list, values in
            let clock = PageClock(record)
            if list["search_incomplete"].isTrue { values["hint"] = Texts.searchIncomplete }
            values["cases"] =
                [
                    "caption": Texts.cases, "columns": Texts.caseColumns, "none": Texts.none,
                    "hasRows": !list["items"].items.isEmpty,
                    "rows": list["items"].items.map { CaseRow($0, clock).values },
                ] as [String: Any]
        }
        return try list.show(
            call, limit: "50", fields: CaseRow.fields, asksFirst: true, hint: Texts.searchHint, fill: fill)
    }

    static func table(_ call: PageCall) throws -> PageTable { try list.table(call) }
}

/// A case as a line of a table.
struct CaseRow {
    /// The fields that it is made of.
    static let fields =
        "id,subject,complaint,customer.name,customer.phone,customer.vulnerable,owner,status,severity,mood,next_due_at,overdue,overdue_since"

    private let file: JSONValue
    private let clock: PageClock

    init(_ file: JSONValue, _ clock: PageClock) {
        self.file = file
        self.clock = clock
    }

    /// For the template `cases`.
    var values: [String: Any] {
        let cells = CaseCells(summary: file, id: file["id"].integer ?? 0, clock: clock)
        var values = cells.values
        values["beginning"] = CaseCells.beginning(file["complaint"].text ?? "")
        values["status"] = Texts.status(file["status"].text)
        values["isOverdue"] = file["overdue"].isTrue
        if let owner = cells.person(file["owner"]) { values["owner"] = owner }
        let due = file["overdue"].isTrue ? file["overdue_since"] : file["next_due_at"]
        if let due = clock.told(due, isDue: true) { values["due"] = due }
        return values
    }
}
