import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// `/v1/cases/{id}/log` and `/v1/log`.
enum LogRoutes {
    static func list(_ call: Call) throws -> Reading {
        let id = try call.id()
        var query = QueryReader(call)
        let filter = EntryFilter(withKinds: &query)
        return .list(
            call, query,
            ListQuery(form: .log) { transaction, page in
                guard try transaction.caseFile(id) != nil else {
                    throw Problem.missing("case \(id)")
                }
                return try transaction.log(ofCase: id, page, filter)
            })
    }

    static func get(_ call: Call) throws -> Reading {
        let id = try call.id()
        let seq = try call.id(1)
        return .single(call, "entry \(seq) in the log of case \(id)", .entry) { transaction in
            try transaction.logEntry(ofCase: id, seq: seq).map { Resource(tag: EntityTag($0), view: $0) }
        }
    }

    static func write(_ call: Call) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        return .cases(.write(case: id, try call.body.read(LogRequest.init(_:))), .newEntry)
    }

    /// The end of the hash chain, for an operator to write down.
    static func head(_ call: Call) throws -> Reading {
        var query = QueryReader(call)
        let form = ItemForm.logHead.selecting(query.fields(among: ItemForm.logHead.names))
        return Reading(asOf: nil, query: query.finished()) { transaction in
            guard let head = try transaction.logHead() else {
                throw Problem(.notFound, "The log is empty: it has no head yet.")
            }
            var json = JSONWriter()
            form.json(&json, head)
            return .json(json.bytes)
        }
    }

    /// Says which epoch another service has.
    static func tellEpoch(_ call: Call) throws -> Change {
        try call.requireNoParameters()
        return .epoch(try call.body.read(PlainRequests.epoch))
    }
}
