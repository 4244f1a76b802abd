import CaseAPI
import Complaints
import HTTPServer

/// A list of the API as a page, a part of it at a time: narrowed down by what the API's list can be narrowed down by, which the page
/// says in words and asks for in a form; all of it is a file for a spreadsheet.
struct ListPage: Sendable {
    let path: String
    /// The list of the API.
    let source: String
    let title: String
    /// Its link at the top; nil where it has none.
    let place: Layout.Place?
    /// What it can be narrowed down by, and put in order.
    let filters: [ListFilter]
    /// Those that its form asks for first, by name; the others are behind a word.
    let first: [String]

    private static let cursor = "cursor"

    /// - Precondition: the API has that list, and each of `first` is a filter of it.
    init(_ path: String, of source: String, _ title: String, at place: Layout.Place? = nil, first: [String]) {
        (self.path, self.source, self.title, self.place, self.first) = (path, source, title, place, first)
        filters = ListFilter.all(of: source)
        precondition(first.allSatisfy { name in filters.contains { $0.name.isExactly(name) } })
    }

    /// Where all of it is, as a file.
    var tablePath: String { path + ".csv" }

    /// Whether it can be asked for what has no owner.
    private var takesNobody: Bool { filters.contains { $0.name.isExactly("unowned") } }

    /// The parameters of the list as the address of a page has them.
    private var names: [String] { filters.map(\.name) + [Self.cursor] }

    /// What the API is asked, for what people typed.
    private func query(_ filters: Filters) -> [(name: String, value: String?)] {
        filters.query(names).map { name, value in
            guard let filter = self.filters.first(where: { $0.name.isExactly(name) }), filter.kind == .duration
            else { return (name, value) }
            return (name, value.flatMap { Texts.durations.duration(typed: $0) } ?? value)
        }
    }

    /// What is asked of the page besides which part and which order of what instant it shows.
    private func isNarrowed(_ filters: Filters) -> Bool {
        self.filters.contains { $0.narrows && filters[$0.name] != nil }
    }

    /// - Parameters:
    ///   - usual: what is asked for where the address does not say it.
    ///   - asksFirst: whether nothing is looked for until somebody says what.
    ///   - hint: what is said until then.
    ///   - fill: puts the table of a part into the values of the template `list`.
    func show(
        _ call: PageCall, usual: [(name: String, value: String?)] = [], limit: String, fields: String? = nil,
        asksFirst: Bool = false, hint: String? = nil,
        fill: @escaping @Sendable (PageRecord, JSONValue, inout [String: Any]) -> Void
    ) throws -> PageView {
        let filters = Filters(call.head, names, takesNobody: takesNobody)
        try call.head.requireParameters(names)
        return PageView(asOf: call.asOf, bytes: 256 * 1024) { record in
            let layout = Layout(title, of: call, at: place, asOf: call.asOf)
            let form = FilterForm(
                filters: filters, zone: call.deskZone, known: self.filters, first: first, takesNobody: takesNobody)
            var values: [String: Any] = ["title": title, "narrowed": form.narrowed, "table": false]
            values["filters"] = form.values()
            do {
                if !asksFirst || isNarrowed(filters) {
                    let asked = query(filters)
                    let list = try record.get(
                        source,
                        asked + usual.filter { filters[$0.name] == nil } + [("limit", limit), ("fields", fields)])
                    fill(record, list, &values)
                    values["total"] = Texts.count(of: list)
                    let rest = filters.all.filter { !$0.name.isExactly(Self.cursor) }
                    values["table"] = ["link": Link.to(tablePath, rest), "name": Texts.asTable]
                    if let next = list["next"].text {
                        values["more"] = ["link": Link.to(path, rest + [(Self.cursor, next)]), "name": Texts.nextPage]
                    }
                } else if let hint {
                    // Where nothing is looked for yet, what can't be asked is told of all the same.
                    if filters.all.contains(where: { $0.value != nil }) {
                        _ = try record.get(source, query(filters) + [("limit", "1"), ("fields", "id")])
                    }
                    values["hint"] = hint
                }
                return layout.page(Templates.render("list", values))
            } catch let problem as PageProblem {
                values["filters"] = form.values(isOpen: true)
                values["problem"] = Notice(problem, in: call.deskZone).values
                return layout.page(Templates.render("list", values), problem.status)
            }
        }
    }

    /// All of it as CSV.
    func table(_ call: PageCall, usual: [(name: String, value: String?)] = []) throws -> PageTable {
        try call.head.requireParameters(filters.map(\.name))
        let filters = Filters(call.head, self.filters.map(\.name), takesNobody: takesNobody)
        return PageTable(source, query(filters) + usual.filter { filters[$0.name] == nil } + [("for", "spreadsheet")])
    }
}

extension ListFilter {
    /// Whether it says which of the list are meant, and not how they are shown, or what is known of names.
    var narrows: Bool { !["as_of", "sort", "tz", "allow_unknown"].contains { $0.isExactly(name) } }
}
