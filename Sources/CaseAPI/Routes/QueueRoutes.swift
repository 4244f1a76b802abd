import CaseStore
import Complaints

/// `/v1/queue`.
enum QueueRoutes {
    static func list(_ call: Call) throws -> Reading {
        var query = QueryReader(call)
        let filter = QueueFilter(&query)
        return .list(
            call, query, ListQuery(form: .queue, order: .queue, isCacheable: true) { try $0.queue(filter, $1) })
    }
}
