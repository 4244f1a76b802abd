import HTTPTypes
import Logging

/// A request whose answer is not out yet, and what of the request the answer needs to know.
struct Exchange {
    let requestID: String
    let method: HTTPRequest.Method
    /// For the access log, without what of it is a secret; empty when there is none.
    let path: String
    let isHTTP10: Bool
    let keepAlive: Bool
    let codings: AcceptedCodings
    let started: MonotonicTime
    /// False for what the server itself refused: that is counted as refused, and not as a request.
    let isRequest: Bool
    /// Which of the service's routes it was for.
    var route: Int?
    /// Asks for the answer without further waiting; nil once it has, and where there is nothing to be hurried.
    var hurry: (@Sendable () -> Void)?
    /// The turn of the loop in which it was asked; 0 for what the server itself refused.
    var turn: UInt64 = 0
    /// Who was let in, as the service has it.
    var admission: Int64?
    /// What the service adds to the line in the log.
    var logged: Logger.Metadata?
    /// Nil while the service works on it, and while it is coded.
    var response: Response?
    /// What is to be coded of it beside the loop.
    var coding: CodingJob?
    /// What it holds while it waits for its turn, in bytes.
    var held = 0

    /// Whether it may be asked for again, as it changes nothing (RFC 9110 section 9.2.1).
    var isSafe: Bool { method == .get || method == .head }
}
