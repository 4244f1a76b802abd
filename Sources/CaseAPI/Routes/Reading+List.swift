import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// A list that a route answers with.
struct ListQuery<Item: Sendable>: Sendable {
    /// How many items a piece of a stream has: what a slow reader keeps in memory.
    static var pieceLimit: Int { 100 }

    var form: ListForm<Item>
    /// What its pages are sorted by.
    var order = PageOrder.byValue
    /// Whether its pages are cached, as the same one is asked for again and again. Only for what follows from the record,
    /// from what is overdue and from the day that examples go by, and not from the time in any other way.
    var isCacheable = false
    let fetch: @Sendable (ReadTransaction, PageRequest) throws -> Page<Item>
}

extension Reading {
    /// A page of a list, or all of it as CSV. `reader` has read the filters.
    static func list<Item>(_ call: Call, _ reader: QueryReader, _ list: ListQuery<Item>) -> Reading {
        var reader = reader
        let page = PageParameters(&reader, of: list.form.names, hasHistory: list.form.hasHistory)
        let (representation, dialect) = page.table.form(call.representation, &reader)
        var list = list
        list.form = list.form.selecting(page.fields)
        if representation == .csv, page.fields?.isEmpty == false, list.form.columns.isEmpty {
            reader.issue("fields", "must name a field that has a column in CSV.")
        }
        let asked = list
        let fingerprint = Fingerprint(path: call.request.path, parameters: call.query, me: reader.me)
        var cursor: Cursor?
        if let text = page.cursor {
            cursor = Cursor(text, of: fingerprint, key: call.service.store.cursorKey)
            if cursor == nil {
                reader.issue(
                    PageParameters.cursorName,
                    "is not of this query: take it from next, and keep the other parameters; or start again without it."
                )
            } else if let asOf = page.asOf, asOf != cursor?.asOf {
                reader.issue(
                    QuerySchema.asOf, "must be the cursor's, or be left out: a cursor keeps its first page's.")
            }
        }
        let asOf = page.asOf ?? cursor?.asOf
        let query = reader.finished()
        if representation == .csv, page.limit == nil {
            return asked.whole(call, asOf: asOf, query, from: cursor?.after, dialect)
        }
        let request = PageRequest(limit: page.limit ?? PageParameters.usualLimit, after: cursor?.after)
        return Reading(asOf: asOf, query: query, bytes: call.itemSize.bound(of: request.limit)) { transaction in
            func make() throws -> WrittenPage {
                try asked.written(request, representation, dialect, in: transaction, call.itemSize)
            }
            let written =
                asked.isCacheable
                ? try transaction.cached(call.cacheKey(representation, me: query.me), size: \.items.count, make)
                : try make()
            let next = written.next.map {
                Cursor(asOf: transaction.asOf, after: $0).text(of: fingerprint, key: call.service.store.cursorKey)
            }
            var response =
                switch representation {
                case .json: written.json(asOf: transaction.asOf, next: next)
                case .csv:
                    Response.csv(.bytes(written.items), CSVFile(of: call.request.path, dialect, asOf: transaction.asOf))
                }
            if written.isIncomplete { response.sayIncomplete() }
            if let next {
                let query = call.query.encoded(setting: PageParameters.cursorName, to: next)
                response.headerFields[.link] = "<\(call.request.path)?\(query)>; rel=\"next\""
            }
            return response
        }
    }
}

/// A page of a list with its items as they are sent.
private struct WrittenPage: Sendable {
    /// A JSON array, or CSV.
    let items: [UInt8]
    let next: PageKey?
    let total: Int?
    let totalIsCapped: Bool
    /// Whether a search may not have found all that there is.
    let isIncomplete: Bool

    func json(asOf: Instant, next: String?) -> Response {
        let body = JSONWriter.object(capacity: 512 + items.count) { json in
            json.member("as_of", asOf)
            json.member("items", written: items)
            json.member("total", total)
            if totalIsCapped { json.member("total_capped", true) }
            if isIncomplete { json.member("search_incomplete", true) }
            json.member("next", next)
        }
        return Response.json(body, asOf: asOf).varyingByAccept
    }
}

extension ListQuery {
    /// All of the list as CSV, from a place on.
    func whole(
        _ call: Call, asOf: Instant?, _ query: CheckedQuery, from start: PageKey?, _ dialect: CSVDialect
    ) -> Reading {
        let export = export(from: start, as: .csv, dialect)
        return Reading(
            asOf: asOf, query: query, bytes: call.itemSize.bound(of: Self.pieceLimit),
            work: .export(
                Export(start: export.start, order: export.order, path: call.request.path, dialect: dialect) {
                    transaction, after in
                    if after == export.start { try query.verify(in: transaction) }
                    let piece = try export.piece(transaction, after)
                    call.itemSize.note(piece.bytes.count, of: piece.count)
                    return piece
                }))
    }

    fileprivate func written(
        _ request: PageRequest, _ representation: Representation, _ dialect: CSVDialect,
        in transaction: ReadTransaction, _ size: ItemSize
    ) throws -> WrittenPage {
        let page = try fetch(transaction, request)
        var progress = PageProgress(after: request.after, in: order)
        if let next = page.next { try progress.advance(to: next) }
        let items = bytes(page.items, representation, dialect, asOf: transaction.asOf)
        size.note(items.count, of: page.items.count)
        return WrittenPage(
            items: items, next: page.next, total: page.total,
            totalIsCapped: page.totalIsCapped, isIncomplete: transaction.isSearchIncomplete)
    }

    private func bytes(
        _ items: [Item], _ representation: Representation, _ dialect: CSVDialect, asOf: Instant
    ) -> [UInt8] {
        switch representation {
        case .json:
            var json = JSONWriter(capacity: 1024 * items.count)
            json.array { json in for item in items { form.json(&json, item, asOf) } }
            return json.bytes
        case .csv:
            var csv = CSVWriter(dialect)
            form.header(&csv)
            for item in items { form.record(&csv, item, asOf) }
            return csv.bytes
        }
    }
}

extension Response {
    /// A CSV answer, with its instant in a header field, as there is no place for it in the body.
    static func csv(_ body: Body, _ file: CSVFile) -> Response {
        var fields = HTTPFields()
        fields[.contentType] = Representation.csv.contentType
        fields[.contentDisposition] = file.disposition
        fields[.cacheControl] = "no-store"
        fields[.asOf] = file.asOf.rfc3339
        var response = Response(status: .ok, headerFields: fields, body: body)
        response.isCodable = true
        return response.varyingByAccept
    }

    /// The same, where it would be another for another Accept.
    var varyingByAccept: Response {
        var response = self
        response.headerFields[.vary] = "Accept"
        return response
    }
}
