public import Complaints
import GRDB

/// A case with what is to be done about it.
public struct GuidedCase: Sendable {
    /// The case.
    public let file: CaseFile
    /// Its policy.
    public let policy: Policy
    /// What is to be done.
    public let guidance: Guidance
}

extension ReadTransaction {
    /// What is to be done about a case; nil when there is none (or none yet).
    public func guidance(ofCase id: Int64) throws -> GuidedCase? {
        guard let file = try caseFile(id) else { return nil }
        let policy = try policy(for: file.record)
        let latest = try latestLogEntry(ofCase: id, Guidance.latestKind).map { [$0] } ?? []
        let entries = try logEntries(ofCase: id, kinds: Guidance.kinds) + latest
        let guidance = Guidance(
            of: file, entries: entries.sorted { $0.seq < $1.seq }, under: policy,
            hotInARow: try file.record.fields.owner.map(hotContactsInARow) ?? 0, regime: try regime(of: file),
            deadline: try deadlineLeft(of: file), at: asOf)
        return GuidedCase(file: file, policy: policy, guidance: guidance)
    }

    /// How long there is until the case must be settled; nil where nothing demands it.
    private func deadlineLeft(of file: CaseFile) throws -> DeadlineLeft? {
        let fields = file.record.fields
        guard let deadline = fields.hardDeadline else { return nil }
        var calendars = CaseCalendars()
        return try calendars.left(
            until: deadline, ofCase: file.record.id, regime: fields.regime, team: fields.team, self)
    }

    /// How many of somebody's latest contacts with customers were hot, without one that was not (T20), each case counted
    /// once a day of UTC. Looks at no more than the latest `observationLimit` observations of all.
    public func hotContactsInARow(of person: String) throws -> Int {
        var noted: [(mood: Mood, caseID: Int64, day: Int)] = []
        let wanted = FoldedName(person)
        try statements.rows(Self.latestObservations, db, bind: { $0.add(asOf) }) { row in
            guard FoldedName(try names.spelling(row.integer(1), db)) == wanted,
                let mood = FactCoding.text("mood", in: row.text(0)).flatMap(Mood.init(rawValue:))
            else { return }
            noted.append((mood, row.integer(2), row.instant(3).dayOfUTC))
        }
        var count = ContactCount()
        for observation in noted.reversed() {
            count.observe(observation.mood, inCase: observation.caseID, onDay: observation.day)
        }
        return count.hotInARow
    }

    private static let observationLimit = 200

    private static let latestObservations = SQL(
        """
        SELECT facts, actor_id, case_id, recorded_at FROM case_log INDEXED BY case_log_counted
        WHERE kind = 'mood' AND recorded_at <= ? ORDER BY recorded_at DESC, id DESC LIMIT \(observationLimit)
        """)
}
