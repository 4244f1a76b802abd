import CaseStore
import Complaints

extension PageRecord {
    /// The entity tags of the promises that wait for somebody's yes, by their ids: those of `GET /v1/promises/{id}`, which the list of
    /// the API does not have.
    ///
    /// - Parameter limit: how many at most, in the order of the list.
    /// - Throws: errors of the store.
    package func tags(ofPromisesWaitingFor owner: String, upTo limit: Int) throws -> [Int64: String] {
        var filter = PromiseFilter()
        filter.owner = owner
        filter.unaccepted = true
        let waiting = try transaction.promises(filter, PageRequest(limit: limit, counts: false)).items
        return Dictionary(
            uniqueKeysWithValues: waiting.map {
                ($0.promise.id, EntityTag($0.promise, of: $0.summary, at: asOf).text)
            })
    }
}
