public import Complaints

/// What the store cannot do, or will not.
public enum StoreError: Error, Sendable {
    /// The record of that instant is not closed yet: a batch of that stamp is being committed.
    case notYetClosed
    /// An `as_of` after now.
    case inTheFuture(now: Instant)
    /// A read would take more work than it was allowed. Nothing is wrong with it: it can be done where there is time.
    case tooMuchWork
    /// The disk is full.
    case diskFull
    /// There is less free space than is to be kept; both in bytes.
    case lowSpace(free: Int, needed: Int)
    /// Another process holds the database for longer than the store waits.
    case locked
    /// The database file can't be written.
    case readOnly
    /// The file is no database of this program, or one that it must not touch; says why and what to do.
    case unusable(String)
    /// Another process has the database for itself; says which and what to do.
    case inUse(String)
    /// SQLite failed in some other way; for the log, not for clients.
    case failed(String)
    /// The batch this change was in was rolled back for another reason than the change itself; nothing of it is kept.
    case batchFailed(String)
    /// The commit failed on its way to the disk, or its files were taken away meanwhile: whether the change is kept
    /// shows only after a restart.
    case outcomeUnknown
    /// Nothing is written until a restart; nothing of the change is kept.
    case latched(WriterLatch)
    /// The wall clock is not believed; nothing of the change is kept.
    case clock(ClockTrouble)
    /// Another service goes on with the record, in a higher epoch; nothing of the change is kept.
    case superseded(epoch: Int64, by: Int64)
    /// A part of the database can't be read, or not be understood; in SQLite's words, for the log.
    case damaged(String)
    /// What stands on record is nothing that this program writes, such as a word that no column has; says what, for the
    /// log. Whatever else is on record can be read, and written.
    case unreadable(String)
}

extension StoreError: CustomStringConvertible {
    /// What is wrong, as a part of a sentence, for the log and for commands.
    public var description: String {
        switch self {
        case .notYetClosed: "that instant is being written"
        case .inTheFuture(let now): "as_of must not lie after now, \(now.rfc3339)"
        case .tooMuchWork: "a read was given too little work"
        case .diskFull: "the disk is full"
        case .lowSpace(let free, let needed): "only \(free) bytes are free on the disk, and \(needed) must be"
        case .locked: "another process holds the database"
        case .readOnly: "the database can't be written"
        case .outcomeUnknown: "the disk failed during a commit"
        case .latched(let latch): "\(latch.summary) (\(latch.cause))"
        case .clock(let trouble): trouble.summary
        case .superseded(let epoch, let successor):
            "another service goes on with this record, in epoch \(successor), and this one is of epoch \(epoch)"
        case .unusable(let words), .inUse(let words), .failed(let words), .batchFailed(let words), .damaged(let words),
            .unreadable(let words):
            words
        }
    }
}

extension StoreError {
    /// Whether it is the clock's doing.
    public var isOfClock: Bool {
        if case .clock = self { true } else { false }
    }

    /// Whether it is of something that is told of by itself, and lasts: no change is kept until it is over.
    public var isOfStanding: Bool {
        if case .superseded = self { true } else { isOfClock }
    }
}

/// Why a change can't be taken up now. Nothing has happened; it can be sent again later.
public enum StoreUnavailable: Error, Sendable, Hashable {
    /// Too many changes wait already.
    case busy
    /// The writer stands still until the service is restarted.
    case latched(WriterLatch)
    /// The service is shutting down.
    case stopping
}
