import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// `/v1/cases/{id}/log` and `/v1/log`.
enum LogRoutes {
    static func list(_ call: Call) throws -> Reading {
        let id = try call.id()
        return .list(
            call, QueryReader(call),
            ListQuery(form: .log) { transaction, page in
                guard try transaction.caseFile(id) != nil else {
                    throw Problem.missing("case \(id)")
                }
                return try transaction.log(ofCase: id, page)
            })
    }

    static func get(_ call: Call) throws -> Reading {
        let id = try call.id()
        let seq = try call.id(1)
        return .single(call, "entry \(seq) in the log of case \(id)") { transaction in
            try transaction.logEntry(ofCase: id, seq: seq).map { entry in
                Resource(tag: EntityTag(entry)) { $0.write(LogEntryView(entry)) }
            }
        }
    }

    static func write(_ call: Call) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        return .cases(.write(case: id, try call.body.read(LogRequest.init(_:))), .newEntry)
    }

    /// The end of the hash chain, for an operator to write down.
    static func head(_ call: Call) throws -> Reading {
        Reading(asOf: nil, query: .none(call.query)) { transaction in
            guard let head = try transaction.logHead() else {
                throw Problem(.notFound, "The log is empty: it has no head yet.")
            }
            var json = JSONWriter()
            json.write(head, LogHead.shown)
            return .json(json.bytes)
        }
    }
}
