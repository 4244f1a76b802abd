import Complaints
import Foundation
import Synchronization

// How stamps work
//
// Time is in milliseconds, and everything a batch records has one `recorded_at`, its stamp. A read answers for an instant,
// `as_of`, with what has a stamp up to it. For the same `as_of` to get the same answer for ever, two things must not
// happen: a batch committed later with a stamp at or before an instant that was read, and a read at or after the stamp of
// a batch whose commit it does not see. So the clock keeps three instants, under one lock:
//
//   lastStamp   the stamp that was given last; the next one is later
//   lastRead    the latest instant that was read; the next stamp is later than that too
//   inFlight    the stamp of the batch that is being committed; reads for now get the millisecond before it, and reads
//               `as_of` that or later are not closed yet: they wait for the commit, or are told to
//
//   wall        ──10────11────12────13────14──▶
//   read now       10
//   batch                11 begins (the wall's time; else one past lastStamp and lastRead) ... commits
//   read now             10    10             13
//
// A stamp that had to be ahead of the wall is waited for before its COMMIT (`waitOut`), so a fast disk can't make stamps
// run away from time. A wall clock set back leaves stamps where they were. One that leapt is not believed (LeapDetector,
// which holds it against the boot clock): reads go on by what time it should be, and no batch gets a stamp, until it is
// back or an operator says that it is right.

/// Logical clock over the wall clock: gives every batch its stamp and every read its instant, so that the same `as_of` always gets the same answer:
/// no stamp is ever given at or before an instant that was read, and no read is given an instant at or after the
/// stamp of a batch that is still being committed.
///
/// Time is the wall clock's, as long as that can be believed. A stamp that was given by a clock far ahead would stop
/// time until clocks have come up to it, as stamps never go back; so before each batch, and once a second, the wall
/// clock is held against the boot clock and against the last stamp on record. While it has leapt, reads go on by what
/// time it should be, and no batch gets a stamp.
final class StampClock: Sendable {
    private struct State {
        var clock: LeapDetector
        /// The last stamp that is known to be on record.
        var record: Instant
        var lastStamp: Instant
        var lastRead: Instant
        var inFlight: Instant?
        /// How many batches have been committed or given up.
        var ended: UInt64 = 0
        /// Who waits for its end.
        var waiting: [@Sendable () -> Void] = []
        /// What was last told of.
        var told: ClockTrouble?

        /// Whether the wall clock was behind the record when it was last looked at.
        var isBehind = false

        /// What time it is, and why the wall clock is not believed, if so.
        mutating func time() -> (now: Instant, trouble: ClockTrouble?) {
            var now = clock.time()
            // One that was behind the record was wrong: a leap sets it right, as on a machine that gets its time only
            // some while after its start.
            if isBehind, clock.leap != nil {
                clock.accept()
                now = clock.time()
            }
            let gap = record - now
            isBehind = clock.leap == nil && gap > ClockTrouble.limit
            if let leap = clock.leap {
                return (now, .jumped(by: leap, behind: record > now + leap ? record : nil))
            }
            return (now, isBehind ? .behind(lastStamp: record, by: gap) : nil)
        }

        /// Now, for a read: before the stamp of a batch that is being committed.
        func readable(_ wall: Instant) -> Instant {
            guard let inFlight else { return wall }
            return min(wall, Instant(milliseconds: inFlight.milliseconds - 1))
        }
    }

    private let state: Mutex<State>
    private let wallClock: @Sendable () -> Instant
    private let observe: @Sendable (ClockTrouble?) -> Void

    /// - Parameters:
    ///   - committed: the stamp of the last batch on record: it counts as past even if the clock was set back since.
    ///   - bootClock: what the wall clock is held against; nil where a test sets the time.
    ///   - observe: told when the wall clock is no longer believed, of another trouble with it, and (nil) when it is
    ///     believed again.
    init(
        committed: Instant, wallClock: @escaping @Sendable () -> Instant,
        bootClock: (@Sendable () -> ElapsedTime)? = nil,
        observe: @escaping @Sendable (ClockTrouble?) -> Void = { _ in }
    ) {
        let clock = LeapDetector(wallClock: wallClock, bootClock: bootClock)
        state = Mutex(State(clock: clock, record: committed, lastStamp: committed, lastRead: committed, inFlight: nil))
        self.wallClock = wallClock
        self.observe = observe
    }

    /// The stamp of a batch that begins; `committed` is the last one on record. It is the wall's time, or a millisecond
    /// after the last stamp or read if that is later: then it is to be waited for with `waitOut` before the commit, else a
    /// fast disk would let stamps run ahead of time. From here on no read is given an instant at or after it, so that can
    /// be waited for even among a great many reads.
    ///
    /// - Throws: `StoreError.clock` while the wall clock is not believed.
    func beginBatch(after committed: Instant) throws(StoreError) -> Instant {
        try look(after: committed) { state, wall, trouble -> Result<Instant, StoreError> in
            if let trouble { return .failure(.clock(trouble)) }
            let floor = max(state.lastStamp, state.lastRead, committed)
            let stamp = max(wall, Instant(milliseconds: floor.milliseconds + 1))
            state.lastStamp = stamp
            state.inFlight = stamp
            return .success(stamp)
        }.get()
    }

    /// Whether the wall's time is that of the batch which has begun, or past it.
    var hasCome: Bool {
        let wall = wallClock()
        return state.withLock { state in state.inFlight.map { $0 <= wall } ?? true }
    }

    private static let patience = ElapsedTime(milliseconds: 3)

    /// Waits for the time of a stamp. When the clock was set back, stamps go on from where they were, and are not waited
    /// for.
    func waitOut(_ stamp: Instant) {
        guard stamp - wallClock() < Self.patience else { return }
        let pause: UInt32 = 50
        var left = Self.patience.milliseconds * 1000 / Int64(pause)
        while left > 0, wallClock() < stamp {
            usleep(pause)
            left -= 1
        }
    }

    /// Whether the wall clock was set back: by more than stamps are ever ahead of it otherwise.
    var isWallBehindStamps: Bool {
        let wall = wallClock()
        return state.withLock { $0.lastStamp - wall > Self.patience }
    }

    /// The batch is committed or given up: who waits for that goes on.
    func endBatch() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            state.inFlight = nil
            state.ended += 1
            return state.waiting
        }
        for goOn in waiting { goOn() }
    }

    /// Has `goOn` called once the batch that is being committed has ended, on its thread; at once when there is none.
    func afterBatch(_ goOn: @escaping @Sendable () -> Void) {
        let isNow = state.withLock { state in
            if state.inFlight != nil { state.waiting.append(goOn) }
            return state.inFlight == nil
        }
        if isNow { goOn() }
    }

    /// What a read that asks for now is told before its snapshot is taken.
    struct ReadStart: Sendable {
        /// Its instant.
        let now: Instant
        fileprivate let ended: UInt64
    }

    /// Begins a read that asks for now, before its snapshot is taken.
    func startRead() -> ReadStart {
        state.withLock { state in
            let instant = state.readable(state.clock.roughTime())
            state.lastRead = max(state.lastRead, instant)
            return ReadStart(now: instant, ended: state.ended)
        }
    }

    /// Whether no batch has been committed since then. One that was being committed then counts too: its commit may have
    /// come before or after a snapshot.
    func hasEndedNoBatch(since start: ReadStart) -> Bool {
        state.withLock { $0.ended == start.ended }
    }

    /// The same for a read that answers nobody: not before the last stamp, and not at one that is being committed. The
    /// next stamp need not lie after it, so no batch waits for that.
    func peekNow() -> Instant {
        state.withLock { $0.readable(max($0.clock.roughTime(), $0.lastStamp)) }
    }

    /// Admits a read as of an instant of the past. When it is not admitted yet, it will be after the batch that is
    /// being committed: no later one gets a stamp at or before it.
    func read(asOf instant: Instant) throws(StoreError) {
        let error: StoreError? = state.withLock { state in
            let now = max(state.clock.roughTime(), state.lastStamp)
            if instant > now { return .inTheFuture(now: now) }
            state.lastRead = max(state.lastRead, instant)
            if let inFlight = state.inFlight, instant >= inFlight { return .notYetClosed }
            return nil
        }
        if let error { throw error }
    }
}

// MARK: - Whether the wall clock is believed
extension StampClock {
    /// What time it is for whoever waits for it to come, and why the wall clock is not believed, if so. It is looked at
    /// closely, which is to be done once a second.
    func check() -> (now: Instant, trouble: ClockTrouble?) {
        look { state, now, trouble in (max(now, state.lastStamp), trouble) }
    }

    /// A batch is on record, this process's or another's.
    func saw(record: Instant) {
        state.withLock { $0.record = max($0.record, record) }
    }

    /// When the machine was booted by the wall clock, as far as that is believed; nil where a test sets the time.
    var booted: Instant? { state.withLock { $0.clock.boots?.believed } }

    /// Believes the wall clock again after a leap, on an operator's word: theirs is the one that puts the machine's boot
    /// at that instant. Instants that were read by a clock that was ahead of it are not kept clear of any more, else time
    /// would stand still until then.
    ///
    /// - Returns: why not, if so; nil when it is believed.
    func accept(booted: Instant) -> ClockRefusal? {
        look { state, _, trouble -> ClockRefusal? in
            guard state.clock.leap != nil, let told = state.clock.boots?.told else { return .noLeap }
            guard (told - booted).magnitude <= ClockTrouble.limit else { return .anotherLeap }
            let gap = state.record - self.wallClock()
            guard gap <= .zero else { return .behind(.behind(lastStamp: state.record, by: gap)) }
            state.clock.accept()
            (state.lastStamp, state.lastRead) = (state.record, state.record)
            return nil
        }
    }

    /// Does something with the state, the time and what is wrong with the wall clock, and then tells of what has changed
    /// about that.
    private func look<Value: Sendable>(
        after committed: Instant = .earliest, _ body: (inout State, Instant, ClockTrouble?) -> Value
    ) -> Value {
        let (value, news): (Value, ClockTrouble??) = state.withLock { state in
            state.record = max(state.record, committed)
            let (now, trouble) = state.time()
            let value = body(&state, now, trouble)
            // What was done may have ended it.
            let after = trouble == nil ? nil : state.time().trouble
            defer { state.told = after }
            // What helps may have changed too.
            let isNews = after?.word != state.told?.word || after?.canBeAccepted != state.told?.canBeAccepted
            return (value, isNews ? .some(after) : nil)
        }
        if let news { observe(news) }
        return value
    }
}

/// Why a leap of the wall clock is not accepted.
enum ClockRefusal: Sendable, Hashable {
    /// There is none, or no longer.
    case noLeap
    /// It has leapt again since it was looked at.
    case anotherLeap
    /// It is behind the last stamp on record.
    case behind(ClockTrouble)

    /// For the log.
    var text: String {
        switch self {
        case .noLeap: "It has not leapt for this process."
        case .anotherLeap: "It has leapt again since."
        case .behind(let trouble): trouble.summary
        }
    }
}
