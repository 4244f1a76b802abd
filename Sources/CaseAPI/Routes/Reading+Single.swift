import CaseStore
import Complaints
import HTTPServer

/// A representation of one resource, not yet written.
struct Resource {
    let tag: EntityTag
    let write: (inout JSONWriter) -> Void
}

extension Reading {
    /// One resource, as of the instant asked for.
    ///
    /// - Parameter name: what there is none of when `find` finds nothing, for the 404.
    static func single(
        _ call: Call, _ name: String, find: @escaping @Sendable (ReadTransaction) throws -> Resource?
    ) -> Reading {
        var query = QueryReader(call.query)
        let asOf = query.instant("as_of")
        return Reading(asOf: asOf, query: query.finished()) { transaction in
            guard var resource = try find(transaction) else {
                throw Problem(.notFound, "There is no \(name).")
            }
            if asOf != nil {
                resource = Resource(tag: resource.tag.asOf(transaction.asOf), write: resource.write)
            }
            return try .conditional(resource, call, asOf: transaction.asOf)
        }
    }

    /// One resource that is only known as it is today.
    static func current(
        _ call: Call, find: @escaping @Sendable (ReadTransaction) throws -> Resource
    ) -> Reading {
        Reading(asOf: nil, query: .none(call.query)) { transaction in
            try .conditional(try find(transaction), call, asOf: nil)
        }
    }
}
