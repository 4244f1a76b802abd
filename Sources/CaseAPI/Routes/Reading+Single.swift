import CaseStore
import Complaints
import HTTPServer

/// A representation of one resource, not yet written.
struct Resource {
    let tag: EntityTag
    let write: (inout JSONWriter) -> Void
}

/// A representation of one resource, as it is sent.
struct WrittenResource: Sendable {
    let tag: EntityTag
    let body: [UInt8]

    init(_ resource: Resource) {
        var json = JSONWriter(capacity: 2048)
        resource.write(&json)
        tag = resource.tag
        body = json.bytes
    }
}

extension Reading {
    /// One resource, as of the instant asked for.
    ///
    /// - Parameters:
    ///   - name: what there is none of when `find` finds nothing, for the 404.
    ///   - reader: has read the route's other parameters.
    ///   - isCacheable: as of a list.
    static func single(
        _ call: Call, _ name: String, reading reader: QueryReader? = nil, isCacheable: Bool = false,
        find: @escaping @Sendable (ReadTransaction) throws -> Resource?
    ) -> Reading {
        var query = reader ?? QueryReader(call)
        let asOf = query.asOf()
        return Reading(asOf: asOf, query: query.finished()) { transaction in
            func written() throws -> WrittenResource {
                guard let resource = try find(transaction) else {
                    throw Problem.missing(name)
                }
                return WrittenResource(resource)
            }
            let resource =
                isCacheable
                ? try transaction.cached(call.cacheKey(.json), size: \.body.count, written) : try written()
            let tag = asOf == nil ? resource.tag : resource.tag.asOf(transaction.asOf)
            return try .conditional(resource, tag: tag, call, asOf: transaction.asOf)
        }
    }

    /// One resource that is only known as it is today.
    static func current(
        _ call: Call, find: @escaping @Sendable (ReadTransaction) throws -> Resource
    ) -> Reading {
        Reading(asOf: nil, query: .none(call.query)) { transaction in
            let resource = WrittenResource(try find(transaction))
            return try .conditional(resource, tag: resource.tag, call, asOf: nil)
        }
    }
}
