import CaseStore
import Complaints
import HTTPServer

/// `/v1/regimes`. Promises keep the due instant that a regime gave them.
enum RegimeRoutes {
    static func list(_ call: Call) throws -> Reading {
        .list(call, QueryReader(call), ListQuery(form: .regimes) { try $0.regimes($1) })
    }

    static func get(_ call: Call) throws -> Reading {
        let name = try call.name()
        var query = QueryReader(call)
        let version = query.version()
        return .single(call, "regime \(name)", .regime, reading: query) { transaction in
            guard let regime = try transaction.regime(name, version: version) else {
                throw missing(version == nil ? nil : try transaction.regime(name), name, among: transaction)
            }
            return Resource(tag: EntityTag(regime), view: regime)
        }
    }

    static func put(_ call: Call) throws -> Change {
        let name = try call.name()
        try call.requireNoParameters()
        let (request, sentBack) = try call.body.readWhole(RegimeRequest.init(_:))
        return .regimes(.put(name: name, request), sentBack)
    }

    /// That there is none of that name, or, where there is one, no such version.
    private static func missing(_ regime: RegimeRecord?, _ name: String, among transaction: ReadTransaction) -> Problem
    {
        guard let regime else {
            let known = (try? transaction.regimeNames()) ?? []
            let nearest = NearestName.nearest(
                to: FoldedName(name).text.string, among: known.map(\.text.string).sorted())
            return Problem(
                .notFound,
                "There is no regime \(name)\(nearest.map { ": did you mean \($0)?" } ?? ".") GET /v1/regimes lists them; PUT makes one."
            )
        }
        guard !regime.isShipped else {
            return Problem(
                .notFound, "The regime \(regime.name) comes with the service, and is its version 0 alone.")
        }
        return Problem(.notFound, "The regime \(regime.name) has \(regime.lastVersion) versions, and not that one.")
    }
}
