import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// A list that a route answers with.
struct ListQuery<Item: Sendable>: Sendable {
    static var defaultLimit: Int { 50 }
    static var maximumLimit: Int64 { 500 }

    let form: ListForm<Item>
    /// Whether the items are known as they were at an earlier instant.
    var hasHistory = true
    /// Parameters that filter by today's values of fields that can be edited.
    var currentFilters: [String] = []
    let fetch: @Sendable (ReadTransaction, PageRequest) throws -> Page<Item>
}

extension Reading {
    /// A page of a list, or all of it as CSV. `reader` has read the filters.
    static func list<Item>(_ call: Call, _ reader: QueryReader, _ list: ListQuery<Item>) -> Reading {
        var reader = reader
        let limit = reader.integer("limit", in: 1...ListQuery<Item>.maximumLimit).map(Int.init)
        let explicit = list.hasHistory ? reader.instant("as_of") : nil
        let representation: Representation = reader.word("format") ?? call.representation
        let fingerprint = Fingerprint(path: call.request.path, parameters: call.query)
        var cursor: Cursor?
        if let text = reader.text("cursor") {
            cursor = Cursor(text, of: fingerprint)
            if cursor == nil {
                reader.issue("cursor", "is not of this query: take it from next, and keep the other parameters.")
            } else if let explicit, explicit != cursor?.asOf {
                reader.issue("as_of", "must be the cursor's, or be left out: a cursor keeps its first page's.")
            }
        }
        let asOf = explicit ?? cursor?.asOf
        let query = reader.finished()
        if representation == .csv, limit == nil {
            return Reading(
                asOf: asOf, query: query, work: .export(list.export(from: cursor?.after, checking: query)))
        }
        let request = PageRequest(limit: limit ?? ListQuery<Item>.defaultLimit, after: cursor?.after)
        return Reading(asOf: asOf, query: query) { transaction in
            let page = try list.fetch(transaction, request)
            let next = page.next.map {
                Cursor(asOf: transaction.asOf, after: $0).text(of: fingerprint)
            }
            let filters = asOf == nil ? [] : list.currentFilters
            var response =
                switch representation {
                case .json: list.json(page, asOf: transaction.asOf, next: next, filteredByCurrent: filters)
                case .csv: list.csv(page, asOf: transaction.asOf)
                }
            if let next {
                let query = call.query.encoded(setting: "cursor", to: next)
                response.headerFields[.link] = "<\(call.request.path)?\(query)>; rel=\"next\""
            }
            return response
        }
    }
}

extension ListQuery {
    fileprivate func json(
        _ page: Page<Item>, asOf: Instant, next: String?, filteredByCurrent: [String]
    ) -> Response {
        let body = JSONWriter.object(capacity: 256 + 1024 * page.items.count) { json in
            json.member("as_of", asOf)
            json.member("items", array: { json in for item in page.items { form.json(&json, item, asOf) } })
            json.member("total", page.total)
            if page.totalIsCapped { json.member("total_capped", true) }
            json.member("next", next)
            if !filteredByCurrent.isEmpty {
                json.member(
                    "filtered_by_current",
                    array: { json in
                        for name in filteredByCurrent { json.value(name) }
                    })
            }
        }
        return .json(body, asOf: asOf)
    }

    fileprivate func csv(_ page: Page<Item>, asOf: Instant) -> Response {
        var csv = CSVWriter()
        csv.header(form.columns)
        csv.records(page.items, form.columns, asOf: asOf)
        return .csv(.bytes(csv.bytes), asOf: asOf)
    }

    fileprivate func export(from start: PageKey?, checking query: CheckedQuery) -> Export {
        Export(start: start) { transaction, after in
            var csv = CSVWriter()
            if after == start {
                try query.verify(in: transaction)
                csv.header(form.columns)
            }
            let request = PageRequest(limit: Int(Self.maximumLimit), after: after, counts: false)
            let page = try fetch(transaction, request)
            csv.records(page.items, form.columns, asOf: transaction.asOf)
            return Export.Piece(bytes: csv.bytes, next: page.next)
        }
    }
}

extension Response {
    /// A CSV answer, with its instant in a header field, as there is no place for it in the body.
    static func csv(_ body: Body, asOf: Instant) -> Response {
        var fields = HTTPFields()
        fields[.contentType] = Representation.csv.contentType
        fields[.cacheControl] = "no-store"
        fields[.asOf] = asOf.rfc3339
        return Response(status: .ok, headerFields: fields, body: body)
    }
}
