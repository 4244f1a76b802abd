import CaseStore
import Complaints
import Dispatch
import HTTPServer
import Synchronization

/// The long-poll hub: answers those who follow the service. Who asks for events that have not come yet waits here for the commit that
/// brings one, for the end of their patience, or for that of their token: a place in a table, and no thread. All share one
/// timer. Those who wait for the same are told the same: on each loop one of them reads it, and it is rendered once.
///
/// Streams are followers like others, who come back for their next piece as soon as the client has taken the one before. What
/// they are sent is read on the desk's queue, once for all who are at the same event.
final class EventDesk: Sendable {
    typealias Ticket = UInt64

    struct State {
        /// The last event whose type is known here.
        var last: Int64
        /// Those who wait, by the types they ask for.
        var waiting: [EventTypes: [Ticket: Follower]] = [:]
        /// Those who are let in, be it that they wait or that their page is still being read, with the types they ask for.
        var present: [Ticket: EventTypes] = [:]
        /// Those among them who are to be answered without waiting.
        var hurried: Set<Ticket> = []
        var lastTicket: Ticket = 0
        /// Those for whom it is to be read what has come, once the desk's queue gets to it: who wait for the same by then share
        /// it.
        var looking: [(ticket: Ticket, follower: Follower)] = []
        /// What the timer is set to.
        var alarm = DispatchTime.distantFuture
        /// When the first token of those who wait expires, or earlier.
        var firstExpiry: Instant?
        /// Whether the tokens of those who wait are about to be looked at.
        var looksAtTokens = false
        var isStopped = false
    }

    let state: Mutex<State>
    let queue = DispatchQueue(label: "casekeeper.events")
    let timer: Alarm
    let reader: Mutex<Reader>
    let store: CaseStore
    private let reports: ReportDesk
    private let limit: Int
    private let streamPause: UInt64
    private let reads = Atomic(0)
    let endingsSeen = Atomic<UInt64>(0)
    private let itemSize = ItemSize()

    /// - Parameters:
    ///   - limit: how many may wait.
    ///   - streamPause: after how many seconds a stream in which nothing has come says that it is still there.
    init(store: CaseStore, reports: ReportDesk, limit: Int, streamPause: Int) throws {
        self.store = store
        self.streamPause = UInt64(streamPause)
        self.limit = limit
        self.reports = reports
        let reader = try store.makeReader()
        state = Mutex(State(last: try reader.read { try $0.lastEventID() }))
        self.reader = Mutex(reader)
        timer = Alarm(queue: queue)
        timer.onRing { [weak self] in self?.ring() }
    }

    /// The last event that is known here.
    var last: Int64 { state.withLock(\.last) }

    /// How many wait.
    var depth: Int { state.withLock(\.present.count) }

    /// How many bytes the answer to a query may have that is not waited for.
    func bytes(of query: EventQuery) -> Int {
        let last = state.withLock(\.last)
        return itemSize.bound(of: min(query.filter.limit, Int(clamping: max(0, last - min(last, query.filter.after)))))
    }

    /// How many times tokens may have been made or revoked.
    var endings: UInt64 { endingsSeen.load(ordering: .sequentiallyConsistent) }

    /// How many pages have been read for those who had waited.
    var pagesRead: Int { reads.load(ordering: .relaxed) }

    /// Reads a page for somebody who has waited.
    func page(of selection: EventSelection, _ reader: Reader) throws -> EventPage {
        reads.add(1, ordering: .relaxed)
        return try reader.read { try selection.page($0) }
    }

    /// Answers everybody who waits, and lets nobody wait any more.
    func stop() {
        timer.cancel()
        let tickets = state.withLock { state in
            state.isStopped = true
            return Array(state.present.keys)
        }
        for ticket in tickets { hurry(ticket) }
    }
}

// MARK: - Asking
extension EventDesk {
    /// Answers at once when there is something, or when nothing is to be waited for; else later.
    ///
    /// - Parameters:
    ///   - page: what there is.
    ///   - failure: the answer to an error.
    /// - Throws: 503 when too many wait already.
    func answer(
        _ following: Following, _ page: EventPage, _ reply: Reply<Reader>,
        failure: @escaping @Sendable (any Error) -> Response
    ) throws -> HTTPServer.Answer {
        if following.query.filter.isStream {
            let ticket = try enter(for: EventTypes(following.query.filter.types))
            return .now(EventStream(following, ticket, of: self).response)
        }
        var follower = Follower(following, reply, failure: failure)
        if !page.items.isEmpty || !follower.filter.isPatient(at: store.time) {
            let rendered = RenderedEvents(page, follower.filter.fields)
            itemSize.note(rendered.body.bytes.count, of: page.items.count)
            return .now(follower.response(rendered))
        }
        let ticket = try enter(for: EventTypes(follower.filter.types))
        follower.after = page.next
        wait(ticket, follower)
        return .later { self.hurry(ticket) }
    }

    /// The same where it takes too much work for a loop to find out what there is, as a rare type may have to be looked for
    /// far and wide: `read` does so where reports are.
    func answer(
        _ following: Following, reading read: @escaping @Sendable () throws -> EventPage, _ reply: Reply<Reader>,
        failure: @escaping @Sendable (any Error) -> Response
    ) throws -> HTTPServer.Answer {
        let follower = Follower(following, reply, failure: failure)
        let ticket = try enter(for: EventTypes(follower.filter.types))
        // What a stream brings is looked for as it is pulled: here it is only found out whether it can begin.
        let stream = follower.filter.isStream ? EventStream(following, ticket, of: self) : nil
        do {
            try reports.submit { [self] in
                let outcome = Result { try read() }
                guard let stream else { return tell([(ticket, follower)], outcome) }
                reply.send { _ in
                    switch outcome {
                    case .success: stream.response
                    case .failure(let error): failure(error)
                    }
                }
            }
        } catch {
            leave(ticket)
            throw error
        }
        return .later { self.hurry(ticket) }
    }

    /// The next piece of a stream is wanted. Called on its loop.
    func wait(for stream: EventStream, _ reply: PieceReply) {
        wait(stream.ticket, Follower(stream, reply, pause: streamPause, endings: endings))
    }

    /// Nobody has the stream any more that had that place. Whoever lets go of it last may be the desk itself.
    func giveBack(_ ticket: Ticket) {
        queue.async { self.leave(ticket) }
    }

    private func enter(for types: EventTypes) throws(Problem) -> Ticket {
        let ticket: Ticket? = state.withLock { state in
            guard state.present.count < limit else { return nil }
            state.lastTicket += 1
            state.present[state.lastTicket] = types
            if state.isStopped { state.hurried.insert(state.lastTicket) }
            return state.lastTicket
        }
        guard let ticket else {
            throw Problem(.busy, "Too many wait for events already; try again in a moment, or without wait.")
        }
        return ticket
    }

    private func leave(_ ticket: Ticket) {
        state.withLock { $0.leave(ticket) }
    }

    /// Reads again for those for whom it is to be read, and who may have to go on waiting. Called on the desk's queue.
    private func look() {
        let found = state.withLock { state in
            defer { state.looking = [] }
            return state.looking
        }
        for (selection, followers) in Self.groups(of: found, after: \.after) { look(followers, at: selection) }
    }

    /// The same for those who wait for the same.
    func look(_ followers: [(ticket: Ticket, follower: Follower)], at selection: EventSelection) {
        tell(followers, Result { try reader.withLock { try page(of: selection, $0) } })
    }

    /// Tells those who wait for the same what was read for them, or has them go on waiting.
    private func tell(_ followers: [(ticket: Ticket, follower: Follower)], _ outcome: Result<EventPage, any Error>) {
        if case .success(let page) = outcome, page.items.isEmpty {
            for (ticket, var follower) in followers {
                follower.after = page.next
                wait(ticket, follower)
            }
            return
        }
        // They have asked for the same, and be it all for streams.
        guard let filter = followers.first?.follower.filter else { return }
        if filter.isStream {
            let piece = outcome.map { EventStream.piece($0, filter.fields) }
            return PieceReply.send(
                followers.compactMap { _, follower -> (reply: PieceReply, piece: PieceReply.Piece)? in
                    guard case .piece(let reply, let stream) = follower.wanted else { return nil }
                    if case .success(let piece) = piece { stream.advance(to: piece.next) }
                    return (reply, piece.map(\.bytes))
                })
        }
        state.withLock { state in
            for (ticket, _) in followers { state.leave(ticket) }
        }
        let rendered = outcome.map { RenderedEvents($0, filter.fields) }
        Reply.send(
            followers.compactMap { _, follower -> Reply<Reader>.Prepared? in
                guard case .answer(let reply, let failure) = follower.wanted else { return nil }
                return reply.prepared { _ in
                    switch rendered {
                    case .success(let page): follower.response(page)
                    case .failure(let error): failure(error)
                    }
                }
            })
    }

    /// Puts somebody where the next commit finds them. What was committed since their page was read is looked at again.
    private func wait(_ ticket: Ticket, _ follower: Follower) {
        enum Next { case wait, look(isFirst: Bool), end(upTo: Int64) }
        let time = store.time
        let next: Next = state.withLock { state in
            if state.hurried.contains(ticket) || !follower.filter.isPatient(at: time) {
                return .end(upTo: follower.after)
            }
            if state.last > follower.after {
                state.looking.append((ticket, follower))
                return .look(isFirst: state.looking.count == 1)
            }
            state.waiting[EventTypes(follower.filter.types), default: [:]][ticket] = follower
            if let expiry = follower.following.standing.expiresAt {
                state.firstExpiry = min(state.firstExpiry ?? expiry, expiry)
            }
            let alarm = follower.alarm(now: .now(), time: time)
            if alarm < state.alarm {
                state.alarm = alarm
                timer.set(to: alarm)
            }
            return .wait
        }
        switch next {
        case .wait: if follower.endings != endings { lookAtTokens() }
        case .look(let isFirst): if isFirst { queue.async { self.look() } }
        case .end(let id): end([(ticket, follower)], upTo: id, isOver: true)
        }
    }
}

extension EventDesk.State {
    mutating func leave(_ ticket: EventDesk.Ticket) {
        present[ticket] = nil
        hurried.remove(ticket)
    }

    /// Takes out those who wait and are meant; they stay present.
    mutating func takeWaiting(
        where isMeant: (EventTypes, Follower) -> Bool
    ) -> [(ticket: EventDesk.Ticket, follower: Follower)] {
        var taken: [(ticket: EventDesk.Ticket, follower: Follower)] = []
        for (types, waiters) in waiting {
            var others = waiters
            for (ticket, waiter) in waiters where isMeant(types, waiter) {
                taken.append((ticket, waiter))
                others[ticket] = nil
            }
            if others.count < waiters.count { waiting[types] = others.isEmpty ? nil : others }
        }
        return taken
    }
}
