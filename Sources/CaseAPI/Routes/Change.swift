import CaseStore
import HTTPServer

/// A change that a handler wants made, in the writer's transaction.
struct Change: Sendable {
    /// Makes it, and says what is answered once it is on disk.
    let make: @Sendable (WriteTransaction) throws -> ChangeAnswer

    /// A change that is answered alike every time.
    init(_ make: @escaping @Sendable (WriteTransaction) throws -> Answering) {
        self.make = { ChangeAnswer(first: try make($0), again: nil) }
    }

    /// A change that tells a secret.
    init(disclosing make: @escaping @Sendable (WriteTransaction) throws -> ChangeAnswer) {
        self.make = make
    }
}

/// What is answered to a change.
struct ChangeAnswer: Sendable {
    let first: Answering
    /// What is kept for retries where that is another: a secret stands in the first answer alone. Nil: the first.
    let again: Answering?
}

/// Makes a response; runs on the loop, so that the writer need not wait for it.
typealias Answering = @Sendable () -> Response
