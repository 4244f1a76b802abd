import CaseStore
import HTTPServer

/// A change that a handler wants made, in the writer's transaction. What it returns makes the response, once the
/// change is on disk.
typealias Change = @Sendable (WriteTransaction) throws -> Answering

/// A change that tells a secret.
typealias Disclosing = @Sendable (WriteTransaction) throws -> Disclosure

/// What is answered to a change that tells a secret: it stands in the first answer alone, and what is kept for retries
/// says that it was there.
struct Disclosure: Sendable {
    let first: Answering
    let again: Answering
}

/// Makes a response; runs on the loop, so that the writer need not wait for it.
typealias Answering = @Sendable () -> Response
