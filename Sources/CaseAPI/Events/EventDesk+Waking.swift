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
            let found = state.takeWaiting { types, follower in
                (types.isEmpty || !types.isDisjoint(with: changes.types)) && follower.after < events.lowerBound
            }
            for (ticket, follower) in found where !follower.filter.entries.isNarrow { state.leave(ticket) }
            return found
        }
        guard let found else { return catchUp() }
        // What they ask for of these types may not be among it: then they go on waiting.
        let narrow = found.filter(\.follower.filter.entries.isNarrow)
        if !narrow.isEmpty {
            queue.async { [self] in
                for (selection, followers) in Self.groups(of: narrow, after: \.after) { look(followers, at: selection) }
            }
        }
        // Whoever waited was told of nothing before it, whatever event they came with.
        let plain = found.filter { !$0.follower.filter.entries.isNarrow }
        let groups = Self.groups(of: plain) { max($0.after, events.lowerBound - 1) }
        Reply.send(
            groups.flatMap { selection, followers in
                let page = SharedPage(selection)
                return followers.map { _, follower in
                    follower.reply.prepared { [self] reader in
                        do {
                            return follower.response(try page.take { try self.page(of: $0, reader) })
                        } catch {
                            return follower.failure(error)
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
    private static func groups(
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
        if let (follower, last) = found { end([(ticket, follower)], upTo: last) }
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
            let tokens = state.withLock { state in
                state.looksAtTokens = false
                return Set(state.waiting.values.lazy.flatMap(\.values).map(\.following.standing.tokenID))
            }
            let over = tokensThatAreOver(among: tokens)
            guard !over.isEmpty else { return }
            let (ended, last) = state.withLock { state in
                let ended = state.takeWaiting { over.contains($1.following.standing.tokenID) }
                return (ended, state.last)
            }
            end(ended, upTo: last)
        }
    }

    private func tokensThatAreOver(among tokens: Set<Int64?>) -> Set<Int64?> {
        do {
            return try reader.withLock { reader in
                try reader.read { transaction in
                    try tokens.filter { try Gate.attempt($0, transaction, at: store.time) != nil }
                }
            }
        } catch {
            // What is wrong is said where they are looked at again before they are answered.
            return tokens
        }
    }

    /// Tells those who have waited that up to this event nothing is there for them, as far as they are still let in.
    func end(_ ended: [(ticket: Ticket, follower: Follower)], upTo id: Int64) {
        state.withLock { state in
            for (ticket, _) in ended { state.leave(ticket) }
        }
        Reply.send(
            ended.map { _, follower in
                follower.reply.prepared { _ in
                    follower.response(RenderedEvents(EventPage(next: max(follower.after, id))))
                }
            })
    }
}
