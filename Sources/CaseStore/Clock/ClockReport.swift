public import Complaints
import Foundation
import GRDB

/// What the clocks say that a database's stamps go by, beside what a process that serves it takes for the time.
public struct ClockReport: Sendable {
    /// The wall clock.
    public let wall: Instant
    /// What it should be, by the boot clock since the serving process last believed the wall clock; nil when nothing
    /// serves the database.
    public let expected: Instant?
    /// The last stamp on record.
    public let lastStamp: Instant
    /// The process that has the database for itself, and what for: `4711 (serve)`; nil when none has.
    public let holder: String?

    /// Looks at the clocks and at a database that is there.
    ///
    /// - Throws: `StoreError` when the database can't be read.
    public init(path: String) throws {
        let connection = try SQLiteConnection.openStill(path: path, options: StoreOptions())
        do {
            lastStamp = try connection.unsafeRead { db in
                // What a later version means by it is not known here.
                _ = try Migrator(path: path).missing(db)
                // A file that is no database of ours yet has none.
                return try db.tableExists("clock") ? ClockRow.stamp(db, StatementCache()) : .earliest
            }
        } catch let error as DatabaseError {
            throw StoreError(error, opening: path)
        }
        let held = DatabaseLock.held(ofDatabase: path)
        holder = held?.holder
        wall = StoreOptions.systemClock()
        let uptime = StoreOptions.systemBootClock()
        expected = held?.booted.map { $0 + uptime }
    }

    /// Why no change is to be made by the wall clock, if so. How far ahead it is nobody can tell but a process that has
    /// been serving since it was right.
    public var trouble: ClockTrouble? {
        if let expected, (wall - expected).magnitude > ClockTrouble.limit {
            return .jumped(by: wall - expected, behind: lastStamp > wall ? lastStamp : nil)
        }
        let gap = lastStamp - wall
        return gap > ClockTrouble.limit ? .behind(lastStamp: lastStamp, by: gap) : nil
    }
}

/// Why an operator's word about the clock came to nothing.
public enum ClockAcceptanceError: Error, Sendable {
    /// Nothing serves the database: whatever begins to takes the clock as it is, which is not behind the record.
    case notServed
    /// The wall clock is believed.
    case nothingToAccept
    /// It is behind the last stamp on record: then no word helps.
    case behind(ClockTrouble)
    /// The process that serves the database did not take it up, or refused it: its log says more.
    case notTaken
}

extension ClockReport {
    /// The process that has a database for itself, as in `holder`, whether the database can be read or not; nil, too, where
    /// the lock can't be read.
    package static func holder(ofDatabase path: String) -> String? { DatabaseLock.held(ofDatabase: path)?.holder }

    /// Has the process that serves the database believe the wall clock after a leap, and returns once it does: how far it
    /// has leapt.
    ///
    /// - Throws: `ClockAcceptanceError`, and `StoreError` when the database can't be read or the process not be told.
    public static func accept(path: String) throws -> ElapsedTime {
        let report = try ClockReport(path: path)
        if report.expected == nil {
            // Whatever begins to serve does not take a clock that is behind the record, either.
            throw report.trouble.map(ClockAcceptanceError.behind) ?? ClockAcceptanceError.notServed
        }
        guard let trouble = report.trouble else { throw ClockAcceptanceError.nothingToAccept }
        guard case .jumped(let leap, behind: nil) = trouble else { throw ClockAcceptanceError.behind(trouble) }
        let booted = StoreOptions.systemClock() - StoreOptions.systemBootClock()
        // Twice, as it may be written over.
        for _ in 0..<2 {
            try DatabaseLock.accept(booted: booted, ofDatabase: path)
            // The service looks once a second.
            for _ in 0..<100 where DatabaseLock.held(ofDatabase: path)?.acceptance != nil { usleep(50_000) }
            let report = try ClockReport(path: path)
            // Without a word of the service's there is nothing to hold the clock against.
            if report.expected != nil, report.trouble == nil { return leap }
        }
        throw ClockAcceptanceError.notTaken
    }
}
