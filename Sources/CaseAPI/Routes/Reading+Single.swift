import CaseStore
import Complaints
import HTTPServer

/// One resource, not yet written.
struct Resource<View> {
    let tag: EntityTag
    let view: View
}

/// A representation of one resource, as it is sent.
struct WrittenResource: Sendable {
    let tag: EntityTag
    let body: [UInt8]

    init<View>(_ resource: Resource<View>, _ form: ItemForm<View>) {
        var json = JSONWriter(capacity: 2048)
        form.json(&json, resource.view)
        tag = resource.tag
        body = json.bytes
    }
}

extension Reading {
    /// One resource, as of the instant asked for.
    ///
    /// - Parameters:
    ///   - name: what there is none of when `find` finds nothing, for the 404.
    ///   - form: how it is written.
    ///   - reader: has read the route's other parameters.
    ///   - isCacheable: as of a list.
    static func single<View>(
        _ call: Call, _ name: String, _ form: ItemForm<View>, reading reader: QueryReader? = nil,
        isCacheable: Bool = false, find: @escaping @Sendable (ReadTransaction) throws -> Resource<View>?
    ) -> Reading {
        var query = reader ?? QueryReader(call)
        let asOf = query.asOf()
        let fields = query.fields(among: form.names)
        let form = form.selecting(fields)
        return Reading(asOf: asOf, query: query.finished()) { transaction in
            func written() throws -> WrittenResource {
                guard let resource = try find(transaction) else {
                    throw Problem.missing(name)
                }
                return WrittenResource(resource, form)
            }
            let resource =
                isCacheable
                ? try transaction.cached(call.cacheKey(.json), size: \.body.count, written) : try written()
            let shown = resource.tag.selecting(fields)
            let tag = asOf == nil ? shown : shown.asOf(transaction.asOf)
            return try .conditional(resource, tag: tag, call, asOf: transaction.asOf)
        }
    }

    /// One resource that is only known as it is today.
    static func current<View>(
        _ call: Call, _ form: ItemForm<View>, find: @escaping @Sendable (ReadTransaction) throws -> Resource<View>
    ) -> Reading {
        var query = QueryReader(call)
        let fields = query.fields(among: form.names)
        let form = form.selecting(fields)
        return Reading(asOf: nil, query: query.finished()) { transaction in
            let resource = WrittenResource(try find(transaction), form)
            return try .conditional(resource, tag: resource.tag.selecting(fields), call, asOf: nil)
        }
    }
}
