import CaseStore
import HTTPServer

/// A change that a handler wants made, in the writer's transaction. What it returns makes the response, once the
/// change is on disk.
typealias Change = @Sendable (WriteTransaction) throws -> Answering

/// Makes a response; runs on the loop, so that the writer need not wait for it.
typealias Answering = @Sendable () -> Response
