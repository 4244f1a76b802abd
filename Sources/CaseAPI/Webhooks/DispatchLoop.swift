import CaseStore
import Complaints
import HTTPClient
import HTTPServer
import Logging

/// What the dispatcher's thread does, over and over: takes what came of transfers, hands what is to be written down to the
/// writer, takes more of the log in hand, and begins transfers, one a receiver. All of its state is its own.
struct DispatchLoop {
    /// What it works with.
    struct Parts: Sendable {
        let store: CaseStore
        let writer: BatchWriter<Reply<Reader>.Prepared>
        let transfers: Transfers
        let mail: DispatchMail
        let counters: WebhookCounters
        let links: PublicLinks
        let agent: String
        let logger: Logger
    }

    private struct Flight {
        let due: DueDelivery
        let receiver: String
        let begunAt: Instant
    }

    /// How many events are looked at, and how many taken in hand, in one step of a webhook.
    private static let lookedAt = 500
    private static let takenAtOnce = 200
    /// How many are taken in hand for all webhooks in one change.
    private static let mostTaken = 500
    /// How many deliveries of a webhook are read at once.
    private static let queued = 100
    /// After how many attempts that are not written down nothing more is posted.
    private static let mostUnwritten = 500
    /// Rounds are at least so many milliseconds apart, so that a busy writer does not make for one a commit.
    private static let spacing: Int64 = 10
    /// How long it sleeps at most: the wall clock may be set meanwhile.
    private static let longestSleep: Int64 = 5_000
    /// How long what a webhook has passed over may not be written down, in nanoseconds: what is judged once, by whose a case was then, is
    /// not judged anew after a restart.
    private static let longestAhead: Int64 = 10_000_000_000
    /// How long after a failure it is tried again.
    private static let pause: Int64 = 1_000

    private let parts: Parts
    private let reader: Reader
    private var lanes: [Int64: DispatchLane] = [:]
    private var receivers: [String: DispatchReceiver] = [:]
    private var flights: [UInt64: Flight] = [:]
    private var lastFlight: UInt64 = 0
    private var journal = WebhookJournal()
    /// What is with the writer.
    private var writing: WebhookJournal?
    /// Until when, by the clock that nobody sets, the writer is asked for nothing.
    private var writerRestsUntil: Int64 = 0
    private var failureIsLogged = false

    init(_ parts: Parts, _ reader: Reader) {
        self.parts = parts
        self.reader = reader
    }

    private var now: Instant { parts.store.time }

    /// Runs until it is to stop.
    mutating func run() {
        var sleep: Int64 = 0
        var last = MonotonicClock.now()
        while true {
            parts.transfers.wait(milliseconds: Int32(clamping: sleep))
            let outcomes = parts.transfers.finished()
            for outcome in outcomes { finish(outcome) }
            let contents = parts.mail.take()
            if let isWritten = contents.written { written(isWritten) }
            if contents.isStopped { return end() }
            if contents.isTouched { for id in lanes.keys { lanes[id]?.mayHaveDue = true } }
            let elapsed = (MonotonicClock.now() - last) / 1_000_000
            if outcomes.isEmpty, contents.written == nil, elapsed < Self.spacing {
                sleep = Self.spacing - elapsed
                continue
            }
            last = MonotonicClock.now()
            sleep = round()
        }
    }

    /// What has come of transfers, and how far each webhook has got, goes to the writer where it is not there; the writer is stopped
    /// after this.
    private mutating func end() {
        for id in lanes.keys { placeIfAhead(id) }
        if !journal.isEmpty { submit() }
    }

    /// Has it written down how far a webhook has got that was told of nothing.
    private mutating func placeIfAhead(_ id: Int64) {
        guard let lane = lanes[id], lane.isAhead else { return }
        place(id, taking: [])
    }

    private mutating func place(_ id: Int64, taking events: [WebhookEvent]) {
        guard let lane = lanes[id] else { return }
        journal.taken.append(WebhookJournal.Taken(webhookID: id, cursor: lane.seen, events: events))
        lanes[id]?.isTaking = true
        lanes[id]?.placedAt = MonotonicClock.now()
    }

    /// One round. Returns how long to sleep, unless something wakes it.
    private mutating func round() -> Int64 {
        let now = now
        guard parts.store.clockTrouble == nil, !parts.store.isSuperseded else { return Self.pause }
        do {
            let reader = reader
            try reader.read { transaction in
                try look(transaction, at: now)
                try take(transaction)
                try begin(transaction, at: now)
            }
            failureIsLogged = false
        } catch {
            warn("it could not be read what webhooks are to be told", error)
            return Self.pause
        }
        if writing == nil, !journal.isEmpty, writerRestsUntil <= MonotonicClock.now() { submit() }
        return sleep(from: now)
    }

    /// Takes over which webhooks there are.
    private mutating func look(_ transaction: ReadTransaction, at now: Instant) throws {
        let known = try transaction.webhookLanes(at: now)
        let ids = Set(known.map(\.webhook.id))
        lanes = lanes.filter { ids.contains($0.key) || $0.value.unwritten > 0 }
        for id in lanes.keys where !ids.contains(id) { lanes[id]?.end() }
        for lane in known {
            let id = lane.webhook.id
            if lanes[id] == nil { lanes[id] = DispatchLane(lane) } else { lanes[id]?.update(lane) }
        }
        let origins = Set(lanes.values.map(\.receiver))
        receivers = receivers.filter { $0.value.isBusy || origins.contains($0.key) }
    }

    /// Takes more of the log in hand for those that have room for it.
    private mutating func take(_ transaction: ReadTransaction) throws {
        guard journal.tried.count < Self.mostUnwritten else { return }
        let last = try transaction.lastEventID()
        var left = Self.mostTaken - journal.taken.reduce(0) { $0 + $1.events.count }
        for (id, lane) in lanes where left > 0 {
            let webhook = lane.lane.webhook
            guard webhook.fields.active, lane.seen < last, !lane.isTaking, !lane.isFull else { continue }
            let room = Webhook.mostWaiting - (try transaction.waitingDeliveries(ofWebhook: id))
            guard room > 0 else {
                lanes[id]?.isFull = true
                continue
            }
            let (taken, cursor) = try transaction.webhookEvents(
                for: webhook, after: lane.seen, looking: Self.lookedAt, taking: min(room, Self.takenAtOnce, left))
            left -= taken.count
            lanes[id]?.seen = cursor
            if !taken.isEmpty || cursor - lane.lane.cursor >= Int64(Self.lookedAt) { place(id, taking: taken) }
        }
        let past = MonotonicClock.now() - Self.longestAhead
        for (id, lane) in lanes where lane.placedAt <= past { placeIfAhead(id) }
    }

    /// Begins what can be begun: one transfer a receiver, its webhooks by turns.
    private mutating func begin(_ transaction: ReadTransaction, at now: Instant) throws {
        guard journal.tried.count + (writing?.tried.count ?? 0) < Self.mostUnwritten else { return }
        let groups = Dictionary(grouping: lanes.values, by: \.receiver)
        for (origin, group) in groups {
            guard !parts.transfers.isFull else { return }
            let receiver = receivers[origin] ?? DispatchReceiver()
            guard !receiver.isBusy, receiver.quietUntil <= now else { continue }
            let ids = group.map(\.lane.webhook.id).sorted()
            for id in ids.filter({ $0 > receiver.lastServed }) + ids.filter({ $0 <= receiver.lastServed }) {
                guard let due = try next(of: id, transaction, at: now) else { continue }
                begin(due, to: origin, at: now)
                break
            }
        }
    }

    private mutating func next(
        of id: Int64, _ transaction: ReadTransaction, at now: Instant
    ) throws -> DueDelivery? {
        guard var lane = lanes[id] else { return nil }
        if lane.isEmpty(at: now) {
            lane.queue = try transaction.dueDeliveries(of: lane.lane.webhook, at: now, limit: Self.queued)
            lane.mayHaveDue = lane.queue.count == Self.queued
            lane.next = try transaction.nextDelivery(of: lane.lane.webhook, after: now)
        }
        let due = lane.queue.isEmpty || lane.isEnding ? nil : lane.queue.removeFirst()
        lanes[id] = lane
        return due
    }

    private mutating func begin(_ due: DueDelivery, to origin: String, at now: Instant) {
        guard let lane = lanes[due.delivery.webhookID]?.lane else { return }
        lastFlight += 1
        let request = WebhookMessage(due, parts.links).request(
            id: lastFlight, to: lane.webhook, signedWith: lane.secrets, at: now, agent: parts.agent)
        guard parts.transfers.start(request) else {
            lanes[lane.webhook.id]?.mayHaveDue = true
            receivers[origin, default: DispatchReceiver()].quietUntil = now + ElapsedTime(milliseconds: Self.pause)
            return warn("a webhook could not be posted to", nil)
        }
        flights[lastFlight] = Flight(due: due, receiver: origin, begunAt: now)
        receivers[origin, default: DispatchReceiver()].isBusy = true
        receivers[origin]?.lastServed = lane.webhook.id
        // Until it is written down the record has it as pending.
        lanes[lane.webhook.id]?.unwritten += 1
    }
}

// MARK: - What comes of it
extension DispatchLoop {
    private mutating func finish(_ outcome: OutgoingOutcome) {
        guard let flight = flights.removeValue(forKey: outcome.id) else { return }
        let (delivery, now) = (flight.due.delivery, now)
        let attempt = DeliveryAttempt(
            number: delivery.attempts + 1, at: flight.begunAt,
            duration: ElapsedTime(milliseconds: outcome.milliseconds), outcome: DeliveryAttempt.Outcome(outcome.result))
        parts.counters.count(attempt)
        var receiver = receivers[flight.receiver] ?? DispatchReceiver()
        receiver.isBusy = false
        receiver.failures = attempt.isOfReceiver ? receiver.failures + 1 : 0
        if attempt.isOfReceiver {
            receiver.quietUntil = now + RetrySchedule.quiet(after: receiver.failures, wish: attempt.retryAfter)
        }
        receivers[flight.receiver] = receiver
        let (after, off) = delivery.tried(attempt, at: now, chance: Double.random(in: 0..<1))
        journal.tried.append(WebhookJournal.Tried(delivery: after, attempt: attempt, off: off))
        guard var lane = lanes[delivery.webhookID] else { return }
        if off != nil {
            lane.end()
        } else if after.status == .pending, let caseID = delivery.caseID {
            lane.queue.removeAll { $0.delivery.caseID == caseID && !$0.delivery.isOnce }
        }
        if after.status != .pending { lane.isFull = false }
        lane.mayHaveDue = true
        lanes[delivery.webhookID] = lane
    }

    /// Has the writer write down what there is; it takes what else comes meanwhile in the next change.
    private mutating func submit() {
        let journal = journal
        let mail = parts.mail
        do throws(StoreUnavailable) {
            try parts.writer.submit(
                unawaited: { try $0.note(journal) }, committed: { mail.written(true) },
                failed: { [logger = parts.logger] error in
                    if (error as? StoreError)?.isOfStanding != true {
                        logger.warning(
                            "it could not be written down what webhooks were told; it is tried again",
                            metadata: ["error": "\(error)"])
                    }
                    mail.written(false)
                })
            writing = journal
            self.journal = WebhookJournal()
        } catch {
            // There is another round, or nothing is written any more until a restart.
            restWriter()
        }
    }

    private mutating func written(_ isWritten: Bool) {
        guard let journal = writing else { return }
        writing = nil
        guard isWritten else {
            restWriter()
            self.journal.taken = journal.taken + self.journal.taken
            self.journal.tried = journal.tried + self.journal.tried
            return
        }
        for taken in journal.taken {
            lanes[taken.webhookID]?.isTaking = false
            lanes[taken.webhookID]?.mayHaveDue = true
        }
        for tried in journal.tried {
            let id = tried.delivery.webhookID
            lanes[id]?.unwritten -= 1
            guard let off = tried.off else { continue }
            parts.logger.warning(
                "a webhook was turned off", metadata: ["webhook": "\(id)", "reason": "\(off.rawValue)"])
        }
    }

    private mutating func restWriter() { writerRestsUntil = MonotonicClock.now() + Self.pause * 1_000_000 }

    /// How long until something is to be done by the time alone: whatever else there is to wait for wakes it.
    private func sleep(from now: Instant) -> Int64 {
        if writing == nil, !journal.isEmpty { return Self.pause }
        guard !parts.transfers.isFull else { return Self.longestSleep }
        var next = now + ElapsedTime(milliseconds: Self.longestSleep)
        for lane in lanes.values where !lane.isEnding {
            let receiver = receivers[lane.receiver] ?? DispatchReceiver()
            guard !receiver.isBusy else { continue }
            let hasSome = !lane.queue.isEmpty || lane.mayHaveDue && lane.unwritten == 0
            if let time = hasSome ? now : lane.next { next = min(next, max(time, receiver.quietUntil)) }
        }
        return min(max((next - now).milliseconds, Self.spacing), Self.longestSleep)
    }

    private mutating func warn(_ message: Logger.Message, _ error: (any Error)?) {
        if !failureIsLogged {
            parts.logger.warning(message, metadata: error.map { ["error": "\($0)"] } ?? [:])
        }
        failureIsLogged = true
    }
}

extension DeliveryAttempt.Outcome {
    fileprivate init(_ result: Result<OutgoingAnswer, OutgoingFailure>) {
        switch result {
        case .success(let answer):
            self = .answered(
                status: answer.status, retryAfter: answer.retryAfter.map { .seconds(min($0, 86_400 * 366)) },
                beginning: answer.beginning)
        case .failure(let failure): self = .failed(DeliveryFailure(failure))
        }
    }
}

extension DeliveryFailure {
    fileprivate init(_ failure: OutgoingFailure) {
        switch failure {
        case .addressRefused: self = .addressRefused
        case .unresolved: self = .unresolved
        case .notConnected: self = .notConnected
        case .timedOut: self = .timedOut
        case .notTrusted: self = .notTrusted
        case .brokenOff: self = .brokenOff
        case .failed: self = .failed
        }
    }
}
