import CaseStore
import Complaints
import HTTPServer

/// `/v1/customers`.
enum CustomerRoutes {
    static func list(_ call: Call) throws -> Reading {
        var query = QueryReader(call.query)
        var filter = CustomerFilter()
        filter.externalID = query.text("external_id")
        filter.email = query.text("email")
        filter.search = query.search("q")
        return .list(
            call, query, ListQuery(form: .customers) { [filter] in try $0.customers(filter, $1) })
    }

    static func get(_ call: Call) throws -> Reading {
        let id = try call.id()
        return .single(call, "customer \(id)") { transaction in
            try transaction.customer(id).map { customer in
                Resource(tag: EntityTag(customer)) { $0.write(customer) }
            }
        }
    }

    static func cases(_ call: Call) throws -> Reading {
        let id = try call.id()
        var query = QueryReader(call.query)
        let filter = CaseFilter(&query, customerID: id)
        return .list(
            call, query,
            ListQuery(form: .cases, currentFilters: filter.currentFilters) { transaction, page in
                guard try transaction.customer(id) != nil else {
                    throw Problem(.notFound, "There is no customer \(id).")
                }
                return try transaction.cases(filter, page)
            })
    }

    static func edit(_ call: Call) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        let incoming = try call.body.read(CustomerEdit.init(_:))
        return { transaction in
            let customer = try transaction.changeCustomer(id) { customer in
                try call.preconditions.requireMatch(EntityTag(customer))
                guard incoming.issues.isEmpty else { throw Refusal.invalid(incoming.issues) }
                return customer.edited(incoming.value, at: transaction.now)
            }
            return { .resource(tag: EntityTag(customer)) { $0.write(customer) } }
        }
    }
}
