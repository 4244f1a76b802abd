extension CaseChange {
    /// Has the entries that say that promises were made say their marks too: what is still to come is so on record as well as
    /// what was said, and nobody can take a warning out unseen.
    ///
    /// - Parameter plans: of the promises that the change has made, in their order; one that never has anything said of it says
    ///   nothing.
    package mutating func say(marks plans: [MarkPlan]) {
        for (promise, plan) in zip(made.map(\.id), plans) where plan.next != nil {
            guard let index = log.firstIndex(where: { $0.kind == .promiseMade && $0.promiseID == promise }) else {
                preconditionFailure("promise \(promise) was made without an entry")
            }
            log[index].facts.append(Fact("marks", .texts(plan.marks.map(\.logged))))
        }
    }
}
