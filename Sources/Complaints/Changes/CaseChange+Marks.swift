extension CaseChange {
    /// Has the entries that say that promises were made say their marks too: what is still to come is so on record as well as
    /// what was said, and nobody can take a warning out unseen.
    ///
    /// - Parameter plans: of the promises that the change has made; one that never has anything said of it says nothing.
    package mutating func say(marks plans: some Sequence<(Promise, MarkPlan)>) {
        for (promise, plan) in plans where plan.next != nil {
            guard let index = log.firstIndex(where: { $0.kind == .promiseMade && $0.promiseID == promise.id }) else {
                preconditionFailure("promise \(promise.id) was made without an entry")
            }
            log[index].facts.append(Fact("marks", .texts(plan.marks.map(\.logged))))
        }
    }
}
