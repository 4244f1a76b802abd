import Complaints

/// The parameters of a query, as what reads them has them. It is made by running that without a request.
struct QuerySchema: Sendable {
    let parameters: [Parameter]

    init<Value>(_ read: (inout QueryReader) -> Value) {
        var reader = QueryReader.describing
        _ = read(&reader)
        _ = reader.finished()
        parameters = reader.described ?? []
    }

    /// Of a route that takes none but those that all take.
    static let none = QuerySchema { _ in }

    /// Of a list with such filters.
    static func list<Item, Filter>(
        _ form: ListForm<Item>, _ filters: (inout QueryReader) -> Filter
    ) -> QuerySchema {
        QuerySchema { query in
            _ = filters(&query)
            _ = PageParameters(&query, of: form.names, hasHistory: form.hasHistory)
        }
    }

    /// Of a list without filters.
    static func list<Item>(_ form: ListForm<Item>) -> QuerySchema { list(form) { _ in } }

    /// Of one resource that has a history.
    static let single = single { _ in }

    /// The same, with parameters of its own.
    static func single<Own>(_ own: (inout QueryReader) -> Own) -> QuerySchema {
        QuerySchema { query in
            _ = own(&query)
            _ = query.asOf()
            _ = query.fields(among: [])
        }
    }

    /// Of one resource that is only known as it is today.
    static let current = QuerySchema { $0.fields(among: []) }

    /// Of a report.
    static func report<Grouping, Figures>(_ form: ReportForm<Grouping, Figures>) -> QuerySchema {
        QuerySchema { ReportQuery(&$0, form.scope) }
    }

    /// The parameter for an earlier instant.
    static let asOf = "as_of"

    /// The parameter that takes names that were never given.
    static let allowUnknown = "allow_unknown"

    func takes(_ name: String) -> Bool { parameters.contains { $0.name == name } }
}
