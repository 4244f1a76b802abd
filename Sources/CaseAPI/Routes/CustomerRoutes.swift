import CaseStore
import Complaints

/// `/v1/customers`.
enum CustomerRoutes {
    static func list(_ call: Call) throws -> Reading {
        var query = QueryReader(call)
        let filter = CustomerFilter(&query)
        return .list(
            call, query,
            ListQuery(form: .customers) { try $0.customers(filter, $1) })
    }

    static func get(_ call: Call) throws -> Reading {
        let id = try call.id()
        return .single(call, "customer \(id)", .customerRecord) { transaction in
            try transaction.customerRecord(id).map { Resource(tag: EntityTag($0), view: $0) }
        }
    }

    static func cases(_ call: Call) throws -> Reading {
        let id = try call.id()
        var query = QueryReader(call)
        var filter = CaseFilter(ofCustomer: &query)
        filter.customerID = id
        return .list(
            call, query,
            ListQuery(form: .cases) { [filter] transaction, page in
                guard try transaction.customer(id) != nil else {
                    throw Problem.missing("customer \(id)")
                }
                return try transaction.cases(filter, page)
            })
    }

    /// What happened with a customer, in the logs of all their cases.
    static func history(_ call: Call) throws -> Reading {
        let id = try call.id()
        var query = QueryReader(call)
        let filter = HistoryFilter(&query)
        return .list(
            call, query,
            ListQuery(form: .log) { transaction, page in
                guard try transaction.customer(id) != nil else {
                    throw Problem.missing("customer \(id)")
                }
                return try transaction.log(
                    ofCustomer: id, filter.entries, newestFirst: filter.newestFirst, page)
            })
    }

    static func edit(_ call: Call) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        return .customers(.edit(customer: id, try call.body.read(CustomerEdit.init(_:))))
    }

    static func merge(_ call: Call) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        return .customers(.merge(customer: id, try call.body.read(PlainRequests.merge)))
    }

    static func unmerge(_ call: Call) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        return .customers(.unmerge(customer: id, try call.body.read(PlainRequests.unmerge)))
    }

    static func erase(_ call: Call) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        let reason = try call.body.read(PlainRequests.erasure)
        return .customers(.erase(customer: id, because: reason))
    }
}
