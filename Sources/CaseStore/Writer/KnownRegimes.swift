package import Complaints

/// Lookup table of regimes, of the one connection that writes: so that it costs a new case no statement to see by when its
/// regime has what due.
///
/// It depends on the rows of regimes and calendars and of their versions: whoever writes one has it forgotten, as does another
/// process.
package final class KnownRegimes {
    private var records: [FoldedName: RegimeRecord] = [:]
    private var timetables: [Key: RegimeTimetable] = [:]
    /// When the calendar of each was last changed; nil where it never was.
    private var changes: [Key: Instant?] = [:]

    private struct Key: Hashable {
        let name: FoldedName
        let version: Int64
    }

    /// Past so many regimes it forgets and starts again.
    private static let limit = 256

    /// The version of a regime that holds for a complaint that was received then, with its calendar; nil when there is no
    /// regime of that name.
    ///
    /// - Throws: `RegimeRefusal`: none holds then.
    package func timetable(
        named name: String, receivedAt: Instant, _ transaction: ReadTransaction
    ) throws -> RegimeTimetable? {
        let key = FoldedName(name)
        guard let record = try record(key, transaction) else { return nil }
        return try transaction.timetable(of: record, receivedAt: receivedAt) { version in
            let key = Key(name: key, version: version)
            if let known = timetables[key] { return known }
            let timetable = try transaction.timetable(of: record, version: version)
            timetables[key] = timetable
            return timetable
        }
    }

    /// A version of a regime with its calendar; nil when there is no such version.
    func timetable(named name: String, version: Int64, _ transaction: ReadTransaction) throws -> RegimeTimetable? {
        let key = Key(name: FoldedName(name), version: version)
        if let known = timetables[key] { return known }
        guard let record = try record(key.name, transaction) else { return nil }
        let timetable = try transaction.timetable(of: record, version: version)
        timetables[key] = timetable
        return timetable
    }

    /// The same with its calendar as it was on record at an instant.
    func timetable(
        named name: String, version: Int64, calendarAsOf then: Instant, _ transaction: ReadTransaction
    ) throws -> RegimeTimetable? {
        guard let timetable = try timetable(named: name, version: version, transaction) else { return nil }
        let key = Key(name: FoldedName(name), version: version)
        if changes[key] == nil {
            let last = try transaction.calendar(timetable.regime.calendar)?.versions.last
            changes.updateValue(last?.recordedAt, forKey: key)
        }
        guard let changed = changes[key] ?? nil, changed > then, let record = try record(key.name, transaction) else {
            return timetable
        }
        return try transaction.timetable(of: record, version: version, calendarAsOf: then)
    }

    private func record(_ name: FoldedName, _ transaction: ReadTransaction) throws -> RegimeRecord? {
        if let known = records[name] { return known }
        let record = try transaction.regime(name)
        if timetables.count >= Self.limit { forget() }
        records[name] = record
        return record
    }

    /// Rows may be other than they were.
    func forget() {
        records.removeAll()
        timetables.removeAll()
        changes.removeAll()
    }
}
