/// What the threats in a case have come to, as its log tells (T16): of each the latest assessment counts.
public struct CaseThreats: Sendable, Hashable {
    /// Something that the customer threatens with.
    public struct Threat: Sendable, Hashable {
        /// Its entry's number in the case's log.
        public let seq: Int64
        /// What they threaten with.
        public let kind: ThreatKind
        /// What came of looking into it; nil while nobody has.
        public var verdict: ThreatVerdict?
        /// The entry that says so.
        public var assessment: Int64?

        /// Whether somebody may come to harm: it comes before all else, until it was looked into and found not to be
        /// credible.
        public var isDanger: Bool { kind == .safety && (verdict == nil || verdict == .credible) }
    }

    /// Each, oldest first.
    public private(set) var all: [Threat] = []

    /// The kinds of entries that tell of threats.
    public static let kinds: [LogKind] = [.threat, .threatAssessment]

    /// The threats that the entries of a case's log tell of, oldest first; those of other kinds are passed over.
    public init(_ entries: [LogEntry]) {
        for entry in entries {
            switch entry.kind {
            case .threat: all.append(Threat(seq: entry.seq, kind: entry.word("threat_kind") ?? .other))
            case .threatAssessment:
                guard let index = all.firstIndex(where: { $0.seq == entry.integer("of") }) else { continue }
                all[index].verdict = entry.word("verdict")
                all[index].assessment = entry.seq
            default: break
            }
        }
    }

    /// The threat of that entry, if it is one.
    public func threat(_ seq: Int64) -> Threat? { all.first { $0.seq == seq } }

    /// Those by which somebody may come to harm.
    public var dangers: [Threat] { all.filter(\.isDanger) }

    /// What makes whatever is given away now look as if it were given to a threat; nil when nothing does.
    public var shadow: ThreatShadow? {
        if all.contains(where: { $0.verdict == nil }) { return .unassessed }
        return all.contains { $0.verdict == .unfounded } ? .unfounded : nil
    }
}

/// Why a concession waits for a manager beside a threat (T16).
public enum ThreatShadow: String, Vocabulary {
    /// Nobody has looked into it.
    case unassessed
    /// There is nothing to it: what is conceded all the same gives in to it.
    case unfounded
}
