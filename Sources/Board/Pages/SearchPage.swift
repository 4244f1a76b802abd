import CaseAPI
import Complaints

/// `/board/search`: cases by the words in them, as `q` of `GET /v1/cases` finds them.
enum SearchPage {
    static let path = "/board/search"

    private static let page = ListPage(path: path, title: Texts.search, filters: ["q", "as_of", "cursor"])

    static func show(_ call: PageCall) throws -> PageView {
        try page.show(call) { record, filters, values in
            guard filters["q"] != nil else {
                values["hint"] = Texts.searchHint
                return nil
            }
            let list = try record.get("/v1/cases", filters.all + [("limit", "50"), ("fields", CaseRow.fields)])
            let clock = PageClock(record)
            if list["search_incomplete"].isTrue { values["hint"] = Texts.searchIncomplete }
            values["cases"] =
                [
                    "caption": Texts.cases, "columns": Texts.caseColumns, "none": Texts.none,
                    "hasRows": !list["items"].items.isEmpty,
                    "rows": list["items"].items.map { CaseRow($0, clock).values },
                ] as [String: Any]
            return list
        }
    }
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
        values["beginning"] = Self.beginning(file["complaint"].text ?? "")
        values["status"] = Texts.status(file["status"].text)
        values["isOverdue"] = file["overdue"].isTrue
        if let owner = cells.person(file["owner"]) { values["owner"] = owner }
        let due = file["overdue"].isTrue ? file["overdue_since"] : file["next_due_at"]
        if let due = clock.told(due, isDue: true) { values["due"] = due }
        return values
    }

    private static func beginning(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let beginning = String(scalars.prefix(160))
        return scalars.count > 160 ? beginning + "…" : beginning
    }
}
