public import Complaints

// What the clock brings about
//
// Everything that happens because time passes is found by its instant in an index of rows that are on record: unsettled
// promises by when they are due (`promise_unsettled`, from `overdue_mark` on), and by when there is something else to say of
// them (`promise_by_next_mark`); open cases by when their customers are to hear something (`complaint_case_by_update_due`); those of
// the desk by when they begin a day (`digest_mark_by_next`). What was said moves the row, or the mark, past it in the transaction of
// its entry. So nothing is kept in memory but the next instant of all, nothing is lost or said twice by a restart, a crash or a clock
// that leaps, and a change that makes a promise writes no row more for it.

/// A source of what the clock brings about: the scheduler goes through all of them, and knows none.
enum ClockSource: CaseIterable {
    /// Promises that fall due.
    case due
    /// What is said of promises before they are due, and since.
    case marks
    /// Customers who have heard nothing for as long as a policy says.
    case updates
    /// Those whose digest is ready, as they begin a day.
    case digests

    /// The next instant there is, which may have come already.
    func next(_ transaction: ReadTransaction) throws -> Instant? {
        switch self {
        case .due: try transaction.nextDue()
        case .marks: try transaction.nextMark()
        case .updates: try transaction.nextUpdateDue()
        case .digests: try transaction.nextDigest()
        }
    }
}

/// Something whose instant has come.
enum ClockWork {
    case due(Fallen)
    case mark(MarkedPromise)
    case update(UnheardCase)
    case digest(ReadyDigest)

    /// What it is about, in the order in which that is said at one instant.
    enum Subject: Int {
        case promise, unheard, owner
    }

    /// Its place in the order in which it is worked off: by its instant, then by what it is about; of a promise it is said first
    /// that it fell due. What is late is said of a promise that has fallen due meanwhile once that was said.
    func place(by now: Instant) -> (at: Instant, subject: Int, id: Int64, turn: Int) {
        switch self {
        case .due(let promise): (promise.dueAt, Subject.promise.rawValue, promise.id, 0)
        case .mark(let promise):
            (
                promise.dueAt < now ? max(promise.next, promise.dueAt) : promise.next, Subject.promise.rawValue,
                promise.id, 1
            )
        case .update(let unheard): (unheard.dueAt, Subject.unheard.rawValue, unheard.id, 0)
        case .digest(let digest): (digest.next, Subject.owner.rawValue, digest.mark.ownerID, 0)
        }
    }
}

/// What came of saying what was to be said.
public struct ClockProgress: Sendable, Hashable {
    /// How many of those whose instant had come were worked off. Of some nothing was to be said any more.
    public let done: Int
    /// When there is more to say: at the stamp or before when there is more already, nil when there is nothing to come.
    public let next: Instant?
}

extension ReadTransaction {
    /// The next instant at which the clock brings something about: it may have come already. Nil when there is none.
    public func nextWake() throws -> Instant? {
        try ClockSource.allCases.compactMap { try $0.next(self) }.min()
    }
}

extension WriteTransaction {
    /// Writes to the log what the clock says by now, in the order of its instants: once each, whatever happens in between, as
    /// what it is found by moves past it in this transaction.
    ///
    /// - Parameter limit: how much at most, so that others need not wait for long.
    public func announce(limit: Int) throws -> ClockProgress {
        let mark = try record.overdueMark()
        let found =
            try fallen(past: mark, limit: limit).map(ClockWork.due)
            + record.marked(before: now, limit: limit).map(ClockWork.mark)
            + record.unheard(before: now, limit: limit).map(ClockWork.update)
            + record.readyDigests(before: now, limit: limit).map(ClockWork.digest)
        let work = found.sorted { $0.place(by: now) < $1.place(by: now) }.prefix(limit)
        var due: [Fallen] = []
        for item in work {
            switch item {
            case .due(let promise):
                try write(promise)
                due.append(promise)
            case .mark(let promise): try say(of: promise)
            case .update(let unheard): try say(of: unheard)
            case .digest(let digest): try tell(of: digest)
            }
        }
        try escalate(casesOf: due)
        try moveMark(mark, past: due.last, isAtEnd: work.count < limit)
        let hasMoreToPlan = try sweepUpdates(limit: limit)
        return ClockProgress(done: hasMoreToPlan ? limit : work.count, next: try record.nextWake())
    }

    /// The clock has something to say at that instant of what was changed here.
    func wake(at instant: Instant) {
        earliestWake = min(earliestWake ?? instant, instant)
    }
}
