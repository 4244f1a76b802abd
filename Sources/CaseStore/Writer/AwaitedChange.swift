/// A change that somebody waits for, with its answer once there is one.
final class AwaitedChange<Answer: Sendable>: BatchedChange, @unchecked Sendable {
    let isAlone: Bool
    private let make: @Sendable (WriteTransaction) throws -> Answer
    private let fail: @Sendable (any Error) -> Answer
    /// Of the writer's queue alone, for which the compiler has to be told that it can be sent.
    private var answer: Answer?

    init(
        isAlone: Bool, make: @escaping @Sendable (WriteTransaction) throws -> Answer,
        fail: @escaping @Sendable (any Error) -> Answer
    ) {
        self.isAlone = isAlone
        self.make = make
        self.fail = fail
    }

    func apply(_ transaction: WriteTransaction) throws {
        answer = nil
        answer = try make(transaction)
    }

    func committed() {}

    func failed(_ error: any Error) { answer = fail(error) }

    /// Those that there are, in their order: one that nobody waits for has none.
    static func answers(of changes: [any BatchedChange]) -> [Answer] {
        var answers: [Answer] = []
        answers.reserveCapacity(changes.count)
        for case let change as Self in changes {
            if let answer = change.answer { answers.append(answer) }
        }
        return answers
    }
}
