public import Complaints
import GRDB

/// A case with what is to be done about it.
public struct GuidedCase: Sendable {
    /// The case.
    public let file: CaseFile
    /// The policy for its severity.
    public let policy: Policy
    /// What is to be done.
    public let guidance: Guidance
}

extension ReadTransaction {
    /// What is to be done about a case; nil when there is none (or none yet).
    public func guidance(ofCase id: Int64) throws -> GuidedCase? {
        guard let file = try caseFile(id) else { return nil }
        let policy = try policy(file.record.fields.severity)
        let latest = try latestLogEntry(ofCase: id, Guidance.latestKind).map { [$0] } ?? []
        let entries = try logEntries(ofCase: id, kinds: Guidance.kinds) + latest
        let guidance = Guidance(
            of: file, entries: entries.sorted { $0.seq < $1.seq }, under: policy,
            hotInARow: try file.record.fields.owner.map(hotContactsInARow) ?? 0, at: asOf)
        return GuidedCase(file: file, policy: policy, guidance: guidance)
    }

    /// How many of the latest observations of customers that somebody had to do with were hot, without one that was not
    /// (T20). Looks at no more than the latest `observationLimit` of all.
    public func hotContactsInARow(of owner: String) throws -> Int {
        var count = 0
        var isOver = false
        let wanted = FoldedName(owner)
        try statements.rows(Self.latestObservations, db, bind: { $0.add(asOf) }) { row in
            guard !isOver, FactCoding.text("owner", in: row.text(1)).map(FoldedName.init(_:)) == wanted else { return }
            if FactCoding.text("mood", in: row.text(0)).flatMap(Mood.init(rawValue:))?.isHot == true {
                count += 1
            } else {
                isOver = true
            }
        }
        return count
    }

    private static let observationLimit = 200

    private static let latestObservations = SQL(
        """
        SELECT facts, texts FROM case_log INDEXED BY case_log_counted
        WHERE kind = 'mood' AND recorded_at <= ? ORDER BY recorded_at DESC, id DESC LIMIT \(observationLimit)
        """)
}
