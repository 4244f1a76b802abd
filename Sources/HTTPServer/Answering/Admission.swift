public import Logging

/// What a service says to the head of a request whose body is still to come.
public struct Admission: Sendable {
    enum Verdict: Sendable {
        case body(limit: Int)
        case refused(Response)
    }

    let verdict: Verdict
    /// Which of the service's `routes` a refused request was for, as in `Answer`.
    var route: Int?
    /// What the service adds to the line in the log of a refused request.
    var logged: Logger.Metadata?

    /// The body may come. The request is handed to `respond` once it is whole.
    /// - Parameter limit: how many bytes it may have, where that is more than the server takes of any request; a longer
    ///   one is 413.
    public static func body(upTo limit: Int = 0) -> Admission { Admission(verdict: .body(limit: limit)) }

    /// This is the answer, whatever the body would have been. It is not asked for with 100 (Continue), and not kept.
    /// - Parameters:
    ///   - route: as in `Answer`.
    ///   - logged: as in `Answer`.
    public static func refused(_ response: Response, route: Int?, logged: Logger.Metadata? = nil) -> Admission {
        Admission(verdict: .refused(response), route: route, logged: logged)
    }
}
