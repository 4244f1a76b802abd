import CaseStore
import Complaints

/// `/v1/queue`.
enum QueueRoutes {
    static func list(_ call: Call) throws -> Reading {
        var query = QueryReader(call.query)
        var filter = QueueFilter()
        filter.kinds = query.words("kind")
        filter.owner = query.name("owner", as: .owner)
        filter.team = query.name("team", as: .team)
        return .list(
            call, query,
            ListQuery(form: .queue, hasHistory: false, isCacheable: true) { [filter] in try $0.queue(filter, $1) })
    }
}
