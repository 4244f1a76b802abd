import CaseStore
import Complaints
import HTTPServer

/// `/v1/me` and `/v1/owners`.
enum OwnerRoutes {
    /// Who asks, and with what.
    static func me(_ call: Call) throws -> Reading {
        var query = QueryReader(call)
        let form = ItemForm.requesting.selecting(query.fields(among: ItemForm.requesting.names))
        return Reading(asOf: nil, query: query.finished()) { transaction in
            let token = try call.actor.tokenID.flatMap { try transaction.token($0) }
            var json = JSONWriter()
            form.json(&json, Requesting(actor: call.actor, token: token))
            return .json(json.bytes)
        }
    }

    static func list(_ call: Call) throws -> Reading {
        var query = QueryReader(call)
        let filter = OwnerFilter(&query)
        return .list(call, query, ListQuery(form: .owners) { try $0.owners(filter, $1) })
    }

    static func get(_ call: Call) throws -> Reading {
        let name = try name(call)
        return .single(call, "owner \(name)", .owner) { transaction in
            try transaction.ownerRecord(name).map { Resource(tag: EntityTag($0), view: $0) }
        }
    }

    static func create(_ call: Call) throws -> Change {
        try call.requireNoParameters()
        return .newOwner(try call.body.read(OwnerRequest.init(_:)))
    }

    static func edit(_ call: Call) throws -> Change {
        let name = try name(call)
        try call.requireNoParameters()
        return .owners(.edit(owner: name, try call.body.read(OwnerEdit.init(_:))))
    }

    static func handOver(_ call: Call) throws -> Change {
        let name = try name(call)
        try call.requireNoParameters()
        return .handover(owner: name, try call.body.read(HandoverRequest.init(_:)))
    }

    /// The name in the path, whatever was taken for one before; `me` is whoever asks.
    ///
    /// - Throws: 400 for `me` where that is nobody, 404 for what can't be a name.
    static func name(_ call: Call) throws(Problem) -> String {
        guard Speaker.isMeant(by: String(call.captured[0])) else { return try call.name() }
        guard let name = call.actor.speaker.name else { throw RequestBody.lacksSpeaker }
        return name
    }
}
