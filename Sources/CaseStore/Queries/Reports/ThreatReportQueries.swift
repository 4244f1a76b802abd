public import Complaints
import GRDB

extension ReadTransaction {
    /// Counts the threats that were written down in the range, with what had been found out about them at `asOf` (T16).
    /// The rows are read one by one; the counts and some bytes a threat are held.
    public func threatReport(_ request: ThreatReportRequest) throws -> ThreatReport {
        var builder = EntryReportBuilder<ThreatFact>(request, asOf: asOf)
        try entries(.threat, request) { entry in
            guard let kind = FactCoding.text("threat_kind", in: entry.facts).flatMap(ThreatKind.init(rawValue:)) else {
                throw StoreError.unreadable("entry \(entry.seq) of case \(entry.caseID) has no threat_kind")
            }
            let assessment = try assessment(of: entry)
            builder.add(
                ThreatFact(
                    recordedAt: entry.recordedAt, kind: kind,
                    stake: FactCoding.money("value_at_stake", in: entry.facts), caseValue: entry.caseValue,
                    assessedAt: assessment?.at, verdict: assessment?.verdict,
                    isAssessedByOneself: assessment?.isByOneself ?? false))
        }
        return builder.report()
    }

    private static let assessmentsOfCase = SQL(
        """
        SELECT l.recorded_at, l.facts FROM case_log l
        WHERE l.case_id = ? AND l.seq > ? AND l.kind = 'threat_assessment' AND l.recorded_at <= ? ORDER BY l.seq
        """)

    /// When a threat was looked into first, and what its latest assessment says; nil when nobody had by `asOf`.
    private func assessment(
        of threat: CountedEntry
    ) throws -> (at: Instant, verdict: ThreatVerdict, isByOneself: Bool)? {
        var assessment: (at: Instant, verdict: ThreatVerdict, isByOneself: Bool)?
        try statements.rows(
            Self.assessmentsOfCase, db,
            bind: {
                $0.add(threat.caseID)
                $0.add(threat.seq)
                $0.add(asOf)
            }
        ) { row in
            let facts = row.text(1)
            guard FactCoding.integer("of", in: facts) == threat.seq,
                let verdict = FactCoding.text("verdict", in: facts).flatMap(ThreatVerdict.init(rawValue:))
            else { return }
            assessment = (assessment?.at ?? row.instant(0), verdict, FactCoding.flag("by_oneself", in: facts))
        }
        return assessment
    }
}
