import CaseStore
import Complaints
import Dispatch
import HTTPServer
import Synchronization

/// Answers those who follow the service. Who asks for events that have not come yet waits here for the commit that
/// brings one, or for the end of their patience: a place in a table, and no thread. All share one timer.
final class EventDesk: Sendable {
    fileprivate typealias Ticket = UInt64

    /// Somebody who waits.
    fileprivate struct Waiter {
        let query: EventQuery
        /// Up to this event nothing is there for them.
        let after: Int64
        let deadline: DispatchTime
        let reply: Reply<Reader>
        let failure: @Sendable (any Error) -> Response
    }

    fileprivate struct State {
        /// The last event whose type is known here.
        var last: Int64
        /// Those who wait, by the types they ask for.
        var waiting: [EventTypes: [Ticket: Waiter]] = [:]
        /// Those who are let in, be it that they wait or that their page is still being read.
        var present: Set<Ticket> = []
        /// Those among them who are to be answered without waiting.
        var hurried: Set<Ticket> = []
        var lastTicket: Ticket = 0
        /// What the timer is set to.
        var alarm = DispatchTime.distantFuture
        var isStopped = false
    }

    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "casekeeper.events")
    private let timer: Alarm
    private let reader: Mutex<Reader>
    private let reports: ReportDesk
    private let limit: Int

    /// - Parameter limit: how many may wait.
    init(store: CaseStore, reports: ReportDesk, limit: Int) throws {
        self.limit = limit
        self.reports = reports
        let reader = try store.makeReader()
        state = Mutex(State(last: try reader.read { try $0.lastEventID() }))
        self.reader = Mutex(reader)
        timer = Alarm(queue: queue)
        timer.onRing { [weak self] in self?.endPatience() }
    }

    /// How many wait.
    var depth: Int { state.withLock(\.present.count) }

    /// Answers everybody who waits, and lets nobody wait any more.
    func stop() {
        timer.cancel()
        let tickets = state.withLock { state in
            state.isStopped = true
            return state.present
        }
        for ticket in tickets { hurry(ticket) }
    }
}

// MARK: - Asking
extension EventDesk {
    /// Answers at once when there is something, or when nothing is to be waited for; else later.
    ///
    /// - Parameters:
    ///   - workLimit: how many steps of SQLite's virtual machine it may take on the loop. A rare type may have to be
    ///     looked for far and wide, which is done where reports are.
    ///   - failure: the answer to an error.
    /// - Throws: 503 when too many wait already.
    func answer(
        _ query: EventQuery, _ reader: Reader, _ reply: Reply<Reader>, workLimit: Int,
        failure: @escaping @Sendable (any Error) -> Response
    ) throws -> HTTPServer.Answer {
        let deadline = DispatchTime.now() + .seconds(Int(query.wait))
        func waiter(after id: Int64) -> Waiter {
            Waiter(query: query, after: id, deadline: deadline, reply: reply, failure: failure)
        }
        do {
            let page = try reader.read(workLimit: workLimit) { try query.page($0) }
            if !page.items.isEmpty || query.wait == 0 { return .now(query.response(page)) }
            let ticket = try enter()
            wait(ticket, waiter(after: page.next))
            return .later { self.hurry(ticket) }
        } catch StoreError.tooMuchWork {
            let ticket = try enter()
            let waiter = waiter(after: query.after)
            do {
                try reports.submit { [self] in
                    look(ticket, waiter) { try self.reports.read(asOf: nil, $0) }
                }
            } catch {
                leave(ticket)
                throw error
            }
            return .later { self.hurry(ticket) }
        }
    }

    private func enter() throws(Problem) -> Ticket {
        let ticket: Ticket? = state.withLock { state in
            guard state.present.count < limit else { return nil }
            state.lastTicket += 1
            state.present.insert(state.lastTicket)
            if state.isStopped { state.hurried.insert(state.lastTicket) }
            return state.lastTicket
        }
        guard let ticket else {
            throw Problem(.busy, "Too many wait for events already; try again in a moment, or without wait.")
        }
        return ticket
    }

    private func leave(_ ticket: Ticket) {
        state.withLock { state in
            state.present.remove(ticket)
            state.hurried.remove(ticket)
        }
    }

    /// Reads again for somebody who may have to go on waiting.
    private func look(
        _ ticket: Ticket, _ waiter: Waiter,
        _ read: (@escaping @Sendable (ReadTransaction) throws -> EventPage) throws -> EventPage
    ) {
        let (query, after) = (waiter.query, waiter.after)
        do {
            let page = try read { try query.laterPage($0, after: after) }
            if page.items.isEmpty, query.wait > 0 {
                wait(
                    ticket,
                    Waiter(
                        query: query, after: page.next, deadline: waiter.deadline, reply: waiter.reply,
                        failure: waiter.failure))
            } else {
                leave(ticket)
                waiter.reply.send { _ in query.response(page) }
            }
        } catch {
            leave(ticket)
            let response = waiter.failure(error)
            waiter.reply.send { _ in response }
        }
    }

    /// Puts somebody where the next commit finds them. What was committed since their page was read is looked at again.
    private func wait(_ ticket: Ticket, _ waiter: Waiter) {
        enum Next { case wait, look, end(upTo: Int64) }
        let next: Next = state.withLock { state in
            if state.hurried.contains(ticket) { return .end(upTo: waiter.after) }
            if state.last > waiter.after { return .look }
            state.waiting[EventTypes(waiter.query.types), default: [:]][ticket] = waiter
            if waiter.deadline < state.alarm {
                state.alarm = waiter.deadline
                timer.set(to: waiter.deadline)
            }
            return .wait
        }
        switch next {
        case .wait: break
        case .look: queue.async { [self] in look(ticket, waiter, readHere) }
        case .end(let id): end(ticket, waiter, upTo: id)
        }
    }

    private func readHere(
        _ body: @escaping @Sendable (ReadTransaction) throws -> EventPage
    ) throws -> EventPage {
        try reader.withLock { try $0.read(body) }
    }
}

// MARK: - Answering
extension EventDesk {
    /// A batch of this process is on disk. Called on the writer's queue.
    func committed(_ changes: CommittedChanges) {
        guard let events = changes.events else { return }
        let found: [(Ticket, Waiter)]? = state.withLock { state in
            // Another process has committed something before it.
            guard events.lowerBound == state.last + 1 else { return events.upperBound <= state.last ? [] : nil }
            state.last = events.upperBound
            return state.takeWaiting { types, waiter in
                (types.isEmpty || !types.isDisjoint(with: changes.types)) && waiter.after < events.lowerBound
            }
        }
        guard let found else { return catchUp() }
        for (ticket, waiter) in found {
            leave(ticket)
            send(to: waiter) { try waiter.query.laterPage($0, after: waiter.after) }
        }
    }

    /// Answers somebody who has waited, with what is read on their loop.
    private func send(to waiter: Waiter, _ page: @escaping @Sendable (ReadTransaction) throws -> EventPage) {
        waiter.reply.send { reader in
            do {
                return waiter.query.response(try reader.read(page))
            } catch {
                return waiter.failure(error)
            }
        }
    }

    /// Another process has committed something: who may have waited for it is looked after.
    func catchUp() {
        queue.async { [self] in
            let last = state.withLock(\.last)
            // When it can't be read there is a next commit.
            guard let news = try? reader.withLock({ try $0.read { try $0.eventTypes(after: last) } }) else { return }
            let found = state.withLock { state in
                state.last = max(state.last, news.last)
                return state.takeWaiting { types, waiter in
                    (types.isEmpty || !types.isDisjoint(with: news.types)) && waiter.after < news.last
                }
            }
            for (ticket, waiter) in found { look(ticket, waiter, readHere) }
        }
    }

    /// Somebody is to be answered without waiting any longer.
    private func hurry(_ ticket: Ticket) {
        let found: (Waiter, Int64)? = state.withLock { state in
            for types in Array(state.waiting.keys) {
                if let waiter = state.waiting[types]?.removeValue(forKey: ticket) { return (waiter, state.last) }
            }
            if state.present.contains(ticket) { state.hurried.insert(ticket) }
            return nil
        }
        if let (waiter, last) = found { end(ticket, waiter, upTo: max(waiter.after, last)) }
    }

    /// Answers those who have waited long enough, and sets the timer for the next.
    private func endPatience() {
        let now = DispatchTime.now()
        let (ended, last) = state.withLock { state in
            let ended = state.takeWaiting { $1.deadline <= now }
            state.alarm = state.waiting.values.lazy.flatMap(\.values).map(\.deadline).min() ?? .distantFuture
            timer.set(to: state.alarm)
            return (ended, state.last)
        }
        for (ticket, waiter) in ended { end(ticket, waiter, upTo: max(waiter.after, last)) }
    }

    /// Tells somebody that up to this event nothing is there for them.
    private func end(_ ticket: Ticket, _ waiter: Waiter, upTo id: Int64) {
        leave(ticket)
        send(to: waiter) { try waiter.query.emptyPage($0, upTo: id) }
    }
}

extension EventDesk.State {
    /// Takes out those who wait and are meant.
    fileprivate mutating func takeWaiting(
        where isMeant: (EventTypes, EventDesk.Waiter) -> Bool
    ) -> [(EventDesk.Ticket, EventDesk.Waiter)] {
        var taken: [(EventDesk.Ticket, EventDesk.Waiter)] = []
        for (types, waiters) in waiting {
            let meant = waiters.filter { isMeant(types, $1) }
            guard !meant.isEmpty else { continue }
            taken += meant.map { ($0.key, $0.value) }
            waiting[types] = meant.count == waiters.count ? nil : waiters.filter { meant[$0.key] == nil }
        }
        return taken
    }
}
