import CaseStore
import Complaints
import Dispatch
import HTTPServer

/// What somebody follows, and as whom.
final class Following: Sendable {
    let query: EventQuery
    let request: Request
    let standing: Standing
    /// How many times tokens had been made or revoked before they were let in.
    let endings: UInt64

    init(query: EventQuery, request: Request, standing: Standing, endings: UInt64) {
        self.query = query
        self.request = request
        self.standing = standing
        self.endings = endings
    }
}

/// Somebody who waits for events.
struct Follower: Sendable {
    /// What they wait for.
    enum Wanted: Sendable {
        /// An answer.
        case answer(Reply<Reader>, failure: @Sendable (any Error) -> Response)
        /// The next piece of a stream.
        case piece(PieceReply, of: EventStream)
    }

    let following: Following
    let wanted: Wanted
    /// Up to this event nothing is there for them.
    var after: Int64
    /// How many times tokens had been made or revoked when it was last looked whether theirs still is good.
    let endings: UInt64
    let deadline: DispatchTime

    init(
        _ following: Following, _ reply: Reply<Reader>, failure: @escaping @Sendable (any Error) -> Response
    ) {
        self.following = following
        wanted = .answer(reply, failure: failure)
        after = following.query.filter.after
        endings = following.endings
        deadline = .now() + .seconds(Int(following.query.filter.wait))
    }

    /// One who has a stream.
    ///
    /// - Parameters:
    ///   - pause: after how many seconds they hear that somebody is there.
    ///   - endings: how many times tokens have been made or revoked by now.
    init(_ stream: EventStream, _ reply: PieceReply, pause: UInt64, endings: UInt64) {
        following = stream.following
        wanted = .piece(reply, of: stream)
        (after, self.endings) = stream.next(endings)
        // On the second, so that many of them need one look a second.
        let second: UInt64 = 1_000_000_000
        let now = DispatchTime.now().uptimeNanoseconds
        deadline = DispatchTime(uptimeNanoseconds: (now / second + pause) * second)
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
