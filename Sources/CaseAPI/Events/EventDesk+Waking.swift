import CaseStore
import Complaints
import Dispatch
import HTTPServer
import Synchronization

// MARK: - Events that have come
extension EventDesk {
    /// A batch of this process is on disk. Called on the writer's queue.
    func committed(_ changes: CommittedChanges) {
        if changes.touchesTokens { noteEnding() }
        guard let events = changes.events else { return }
        let found: [(ticket: Ticket, follower: Follower)]? = state.withLock { state in
            // Another process has committed something before it.
            guard events.lowerBound == state.last + 1 else { return events.upperBound <= state.last ? [] : nil }
            state.last = events.upperBound
            // Among them who has been told of a part of it already, as it could be read before it was known here.
            let found = state.takeWaiting { types, follower in
                (types.isEmpty || !types.isDisjoint(with: changes.types)) && follower.after < events.upperBound
            }
            for (ticket, follower) in found where !follower.isToldByDesk { state.leave(ticket) }
            return found
        }
        guard let found else { return catchUp() }
        // Whoever waited was told of nothing before it, whatever event they came with.
        let place = { @Sendable (follower: Follower) in
            follower.filter.entries.isNarrow ? follower.after : max(follower.after, events.lowerBound - 1)
        }
        let toldByDesk = found.filter(\.follower.isToldByDesk)
        if !toldByDesk.isEmpty {
            queue.async { [self] in
                for (selection, followers) in Self.groups(of: toldByDesk, after: place) {
                    look(followers, at: selection)
                }
            }
        }
        let groups = Self.groups(of: found.filter { !$0.follower.isToldByDesk }, after: place)
        Reply.send(
            groups.flatMap { selection, followers -> [Reply<Reader>.Prepared] in
                let page = SharedPage(selection)
                return followers.compactMap { _, follower -> Reply<Reader>.Prepared? in
                    guard case .answer(let reply, let failure) = follower.wanted else { return nil }
                    return reply.prepared { [self] reader in
                        do {
                            return follower.response(try page.take { try self.page(of: $0, reader) })
                        } catch {
                            return failure(error)
                        }
                    }
                }
            })
    }

    /// Another process has committed something: who may have waited for it is looked after. It may have revoked a token.
    func catchUp() {
        noteEnding()
        queue.async { [self] in
            let last = state.withLock(\.last)
            // When it can't be read there is a next commit.
            guard let news = try? reader.withLock({ try $0.read { try $0.eventTypes(after: last) } }) else { return }
            let found = state.withLock { state in
                state.last = max(state.last, news.last)
                return state.takeWaiting { types, follower in
                    (types.isEmpty || !types.isDisjoint(with: news.types)) && follower.after < news.last
                }
            }
            for (selection, followers) in Self.groups(of: found, after: \.after) {
                look(followers, at: selection)
            }
        }
    }

    /// Those who wait for the same, together.
    static func groups(
        of found: [(ticket: Ticket, follower: Follower)], after: (Follower) -> Int64
    ) -> [EventSelection: [(ticket: Ticket, follower: Follower)]] {
        Dictionary(grouping: found) { EventSelection($0.follower.filter, after: after($0.follower)) }
    }
}

// MARK: - Waiting that ends
extension EventDesk {
    /// Somebody is to be answered without waiting any longer.
    func hurry(_ ticket: Ticket) {
        let found: (Follower, Int64)? = state.withLock { state in
            guard let types = state.present[ticket] else { return nil }
            guard let follower = state.waiting[types]?.removeValue(forKey: ticket) else {
                state.hurried.insert(ticket)
                return nil
            }
            if state.waiting[types]?.isEmpty == true { state.waiting[types] = nil }
            return (follower, state.last)
        }
        if let (follower, last) = found { end([(ticket, follower)], upTo: last, isOver: true) }
    }

    /// Answers those who have waited long enough, or whose token has expired, and sets the timer for the next.
    func ring() {
        let (now, time) = (DispatchTime.now(), store.time)
        let (ended, last) = state.withLock { state in
            let ended = state.takeWaiting {
                $1.deadline <= now || $1.following.standing.isOver(at: time)
            }
            let waiting = state.waiting.values.lazy.flatMap(\.values)
            state.alarm = waiting.map { $0.alarm(now: now, time: time) }.min() ?? .distantFuture
            state.firstExpiry = waiting.compactMap { $0.following.standing.expiresAt }.min()
            timer.set(to: state.alarm)
            return (ended, state.last)
        }
        end(ended, upTo: last)
    }

    /// The clock that tokens expire by may have been set.
    func lookAtClock() {
        guard let expiry = state.withLock(\.firstExpiry), expiry <= store.time else { return }
        queue.async { [self] in ring() }
    }

    /// A token may have been made or revoked.
    private func noteEnding() {
        // Before those who wait are looked at: whoever begins to wait after that sees that there was one.
        endingsSeen.add(1, ordering: .sequentiallyConsistent)
        lookAtTokens()
    }

    /// Ends the waiting of those who would not be let in any more.
    func lookAtTokens() {
        let isNew = state.withLock { state in
            guard !state.looksAtTokens, !state.waiting.isEmpty else { return false }
            state.looksAtTokens = true
            return true
        }
        guard isNew else { return }
        queue.async { [self] in
            let credentials = state.withLock { state in
                state.looksAtTokens = false
                return Set(state.waiting.values.lazy.flatMap(\.values).map(\.following.standing.credentials))
            }
            let over = credentialsThatAreOver(among: credentials)
            guard !over.isEmpty else { return }
            let (ended, last) = state.withLock { state in
                let ended = state.takeWaiting { over.contains($1.following.standing.credentials) }
                return (ended, state.last)
            }
            end(ended, upTo: last)
        }
    }

    private func credentialsThatAreOver(among credentials: Set<Credentials>) -> Set<Credentials> {
        do {
            return try reader.withLock { reader in
                try reader.read { transaction in
                    try credentials.filter { try Gate.attempt($0, transaction, at: store.time) != nil }
                }
            }
        } catch {
            // What is wrong is said where they are looked at again before they are answered.
            return credentials
        }
    }

    /// Tells those who have waited that up to this event nothing is there for them, as far as they are still let in.
    ///
    /// - Parameter isOver: whether streams end by that, too; else they are told that somebody is there.
    func end(_ ended: [(ticket: Ticket, follower: Follower)], upTo id: Int64, isOver: Bool = false) {
        var tickets: [Ticket] = []
        var answers: [Reply<Reader>.Prepared] = []
        var pieces: [(reply: PieceReply, piece: PieceReply.Piece)] = []
        for (ticket, follower) in ended {
            switch follower.wanted {
            case .answer(let reply, _):
                tickets.append(ticket)
                answers.append(
                    reply.prepared { _ in
                        follower.response(RenderedEvents(EventPage(next: max(follower.after, id))))
                    })
            case .piece(let reply, let stream):
                stream.advance(to: max(follower.after, id))
                pieces.append((reply, .success(isOver ? nil : EventStream.heartbeat)))
            }
        }
        state.withLock { state in
            for ticket in tickets { state.leave(ticket) }
        }
        Reply.send(answers)
        PieceReply.send(pieces)
    }
}

extension Follower {
    /// Whether it is found out on the desk's queue what there is for them: what they ask for of some types may not be among
    /// these, and then they go on waiting; and a stream is written to nowhere else.
    fileprivate var isToldByDesk: Bool { filter.isStream || filter.entries.isNarrow }
}
