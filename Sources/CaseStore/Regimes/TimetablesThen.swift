import Complaints

/// Lookup table of the versions of a regime, each with its calendar as that was on record at some instant: for as long as nobody
/// changed the calendar in between it is one.
struct TimetablesThen {
    private struct Key: Hashable {
        let version: Int64
        /// How many versions the calendar had.
        let calendar: Int
    }

    private let record: RegimeRecord?
    private var known: [Key: RegimeTimetable?] = [:]
    /// When the calendar of each version was changed.
    private var changes: [Int64: [Instant]] = [:]

    /// Of that regime; nil for one that there is not.
    init(_ record: RegimeRecord?) {
        self.record = record
    }

    /// A version with its calendar as it was on record at an instant, or is as of the transaction's where that is earlier; nil when
    /// there is no such version, or no such calendar.
    mutating func timetable(
        _ version: Int64, calendarAsOf then: Instant, _ transaction: ReadTransaction
    ) throws -> RegimeTimetable? {
        guard let record else { return nil }
        let changes = try changes(ofVersion: version, record, transaction)
        let key = Key(version: version, calendar: changes.count { $0 <= then })
        if let known = known[key] { return known }
        let timetable = try transaction.timetable(of: record, version: version, calendarAsOf: then)
        known.updateValue(timetable, forKey: key)
        return timetable
    }

    private mutating func changes(
        ofVersion version: Int64, _ record: RegimeRecord, _ transaction: ReadTransaction
    ) throws -> [Instant] {
        if let known = changes[version] { return known }
        let name = try transaction.timetable(of: record, version: version)?.regime.calendar
        let found = try name.flatMap { try transaction.calendar($0) }?.versions.map(\.recordedAt) ?? []
        changes[version] = found
        return found
    }
}
