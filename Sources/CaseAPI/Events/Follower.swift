import CaseStore
import Complaints
import Dispatch
import HTTPServer

/// What somebody follows, and as whom.
struct Following: Sendable {
    let query: EventQuery
    let request: Request
    let standing: Standing
    /// How many times tokens had been made or revoked before they were let in.
    let endings: UInt64
}

/// Somebody who waits for events.
struct Follower: Sendable {
    let following: Following
    /// Up to this event nothing is there for them.
    var after: Int64
    let deadline: DispatchTime
    let reply: Reply<Reader>
    let failure: @Sendable (any Error) -> Response

    init(
        _ following: Following, _ reply: Reply<Reader>, failure: @escaping @Sendable (any Error) -> Response
    ) {
        self.following = following
        self.reply = reply
        self.failure = failure
        after = following.query.filter.after
        deadline = .now() + .seconds(Int(following.query.filter.wait))
    }

    var filter: EventFilter { following.query.filter }

    /// When they are to be looked at, events or none: at the end of their patience, or when their token expires.
    ///
    /// - Parameter time: the time by the clock that tokens expire by, which need not go on as the timers' does.
    func alarm(now: DispatchTime, time: Instant) -> DispatchTime {
        guard let left = following.standing.expiresAt.map({ ($0 - time).milliseconds }) else { return deadline }
        return min(deadline, now + .milliseconds(Int(min(max(left, 10), 1000 * EventFilter.longestWait))))
    }

    func response(_ page: RenderedEvents) -> Response {
        following.query.response(page).laidOut(for: following.request)
    }
}
