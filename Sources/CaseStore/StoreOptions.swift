public import Complaints
import Foundation

/// How a store is opened.
public struct StoreOptions: Sendable {
    /// What time it is. The writer's stamps follow it, and never run backwards.
    public var wallClock: @Sendable () -> Instant
    /// How long the machine has been up, suspends included: what the wall clock is held against. Nil for a clock that a
    /// test sets, which may leap.
    public var bootClock: (@Sendable () -> ElapsedTime)?
    /// How long to wait for another process that holds the database.
    public var busyTimeout: ElapsedTime
    /// How many changes may wait for the writer.
    public var queueLimit: Int
    /// How many changes share one commit at most.
    public var batchLimit: Int
    /// How far SQLite goes to bring a commit to the disk; a test shows what anything but `full` would lose.
    package var synchronous = Synchronous.full
    /// The bytes that must be free on the disk for a change to be taken; 0 for as long as there are any.
    /// Nil: 64 MiB, or a twentieth of a disk that is small.
    public var minFreeSpace: Int?
    /// How long the write-ahead log may get, in bytes, before no long read is begun until it has been emptied.
    public var logLimit: Int
    /// Whether Litestream replicates the database though its folder is not beside it: see `Replication`.
    public var isReplicated = false
    /// Whether changes are kept though another service goes on with the record: for a promotion, and to note a higher epoch.
    public var writesWhenSuperseded = false
    /// How the names of those who keep promises are taken.
    public var owners: OwnerRules
    /// Who waits while the database is brought up to date.
    public var migrations = MigrationWatch()
    /// Told what an operator should hear of, on whatever thread finds out.
    public var observe: @Sendable (StoreEvent) -> Void

    /// What the service uses, unless told otherwise. A `wallClock` of its own is held against no boot clock unless there
    /// is one.
    public init(
        wallClock: (@Sendable () -> Instant)? = nil, bootClock: (@Sendable () -> ElapsedTime)? = nil,
        busyTimeout: ElapsedTime = .seconds(5), queueLimit: Int = 1024, batchLimit: Int = 256, minFreeSpace: Int? = 0,
        logLimit: Int = 64 << 20, owners: OwnerRules = OwnerRules(),
        observe: @escaping @Sendable (StoreEvent) -> Void = { _ in }
    ) {
        self.wallClock = wallClock ?? Self.systemClock
        self.bootClock = bootClock ?? (wallClock == nil ? Self.systemBootClock : nil)
        self.busyTimeout = busyTimeout
        self.queueLimit = queueLimit
        self.batchLimit = batchLimit
        self.minFreeSpace = minFreeSpace
        self.logLimit = logLimit
        self.owners = owners
        self.observe = observe
    }

    /// SQLite's `PRAGMA synchronous`.
    package enum Synchronous: String, Sendable {
        /// A commit returns once it is on disk.
        case full = "FULL"
        /// A commit returns before; the disk has it at the next checkpoint.
        case normal = "NORMAL"
    }

    /// How long, for whatever is to end after a while however the wall clock is set.
    var uptime: ElapsedTime { bootClock?() ?? wallClock() - .earliest }

    /// The time since the system's start, that of suspends included (CLOCK_BOOTTIME).
    @Sendable
    public static func systemBootClock() -> ElapsedTime {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return ElapsedTime(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// The system's real-time clock.
    @Sendable
    public static func systemClock() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
