/// Looks for an order in which a concurrent history could have happened one thing after the other.
///
/// J. Wing, C. Gong: Testing and verifying concurrent objects (1993), with the memory of G. Lowe: Testing for
/// linearizability (2017): what has once been tried, the same operations done and the same state reached, is not tried
/// again. An operation may come next in the order when no other one that is still to come had ended before it began.
struct LinearizabilityChecker<Model: SequentialModel> {
    typealias History = [Operation<Model.Request, Model.Answer>]

    private struct Place: Hashable {
        let done: UInt64
        let state: Model
    }

    /// The order, as indexes of the history; nil when there is none.
    ///
    /// - Precondition: the history has at most 64 operations.
    static func order(of history: History, from start: Model) -> [Int]? {
        precondition(history.count <= 64, "what has been done is a bit an operation")
        var tried: Set<Place> = []
        var order: [Int] = []

        func extend(_ done: UInt64, _ state: Model) -> Bool {
            guard order.count < history.count else { return true }
            guard tried.insert(Place(done: done, state: state)).inserted else { return false }
            let left = history.indices.filter { done & 1 << UInt64($0) == 0 }
            guard let firstEnd = left.map({ history[$0].ended }).min() else { return true }
            for index in left where history[index].began <= firstEnd {
                guard let next = state.next(history[index].request, history[index].answer) else { continue }
                order.append(index)
                if extend(done | 1 << UInt64(index), next) { return true }
                order.removeLast()
            }
            return false
        }
        return extend(0, start) ? order : nil
    }
}
