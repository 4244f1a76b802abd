import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// `/v1/digest`.
enum DigestRoutes {
    static func get(_ call: Call) throws -> Reading {
        var query = QueryReader(call)
        let asked = DigestQuery(&query)
        let accepted =
            asked.table.format == nil
            ? try Representation.negotiated(for: call.request.headerFields, offered: DigestForm.allCases) : .json
        let (form, dialect) = asked.table.form(accepted, &query)
        let (asOf, filter) = (asked.asOf, asked.filter)
        let checked = query.finished()
        if form == .csv, asked.limit == nil {
            let rows = ListQuery<DigestRow>(form: .digest) { try $0.digestRows(filter, $1) }
            return rows.whole(call, asOf: asOf, checked, from: nil, dialect)
        }
        let limit = asked.limit ?? PageParameters.usualLimit
        let bytes = call.itemSize.bound(of: limit * DigestSection.allCases.count)
        return Reading(asOf: asOf, query: checked, bytes: bytes) { transaction in
            let digest = try transaction.digest(filter, limit: limit)
            switch form {
            case .json:
                return Response.json(ItemForm<Digest>.digest.written(digest), asOf: digest.asOf).varyingByAccept
            case .csv:
                return .csv(.bytes(digest.csv(dialect)), CSVFile(of: call.request.path, dialect, asOf: digest.asOf))
            case .text: return .text(DigestText(digest).lines, asOf: digest.asOf)
            }
        }
    }
}

extension Response {
    /// Lines of text for people. They end as lines of Unix do: who sends them by mail turns them into its own.
    fileprivate static func text(_ lines: [String], asOf: Instant) -> Response {
        var fields = HTTPFields()
        fields[.contentType] = "text/plain; charset=utf-8"
        fields[.cacheControl] = "no-store"
        fields[.asOf] = asOf.rfc3339
        let bytes = lines.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] }
        var response = Response(status: .ok, headerFields: fields, body: .bytes(bytes))
        response.isCodable = true
        return response.varyingByAccept
    }
}
