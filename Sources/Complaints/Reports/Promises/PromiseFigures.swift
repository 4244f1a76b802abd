/// The columns of a report: how many promises stand in each state, and how far from their word they were settled.
/// Percentiles are by nearest rank, and nil when there is nothing to rank.
public struct PromiseFigures: Sendable, Hashable {
    /// Kept in time, with the backdated ones.
    public internal(set) var kept = 0
    /// Kept after the due instant.
    public internal(set) var keptLate = 0
    /// Superseded or given up too late, given up without the customer's release, or found not to have been kept.
    public internal(set) var broken = 0
    /// Superseded in time.
    public internal(set) var renegotiated = 0
    /// Given up in time, with the customer's release.
    public internal(set) var withdrawn = 0
    /// Given up in time, as the relationship ended: in no rate.
    public internal(set) var ended = 0
    /// Entered by mistake: listed here, and counted in no other column.
    public internal(set) var void = 0
    /// Going on in the case that their own is a duplicate of: listed here, and counted there, in no other column.
    public internal(set) var transferred = 0
    /// Not settled, and past the due instant.
    public internal(set) var overdue = 0
    /// Not settled, and not past the due instant.
    public internal(set) var open = 0
    /// Kept in time, but the service was told only after the due instant.
    public internal(set) var backdated = 0
    /// The customer does not know of them.
    public internal(set) var untold = 0
    /// Kept in time, within a minute of their making: among `kept`, and in no rate.
    public internal(set) var instant = 0
    /// Kept in time, and nothing shows it: among `kept`.
    public internal(set) var keptWithoutEvidence = 0
    /// Found not to have been kept, by a dispute: among `broken`.
    public internal(set) var disputed = 0
    /// Chains that were to be kept first in the range: those whose first due instant has come, or that have ended otherwise
    /// than in what no rate counts.
    public internal(set) var chains = 0
    /// Of these, kept at or before their first due instant.
    public internal(set) var chainsKept = 0
    /// Given to somebody else, or taken by them, in the last quarter of their span.
    public internal(set) var reassignedLate = 0

    /// How long after their due instant the `kept_late` and `broken` ones were settled; zero for one that was given up
    /// in time without the customer's release.
    public internal(set) var lateMedian: ElapsedTime?
    /// Of the same, what nine of ten do not exceed.
    public internal(set) var lateP90: ElapsedTime?
    /// Of the same, the longest.
    public internal(set) var lateMax: ElapsedTime?
    /// How long before their due instant the `renegotiated` ones were moved, in whole seconds.
    public internal(set) var noticeSecondsMedian: Int64?
    /// From where the time of each was counted to its due instant, in whole seconds.
    public internal(set) var spanSecondsMedian: Int64?

    init() {}

    /// All of them but the `void` and the `transferred` ones.
    public var due: Int { kept + keptLate + broken + renegotiated + withdrawn + ended + overdue + open }

    /// `(kept - backdated - instant) / (kept - instant + kept_late + broken + overdue)`; nil when there is nothing to divide
    /// by.
    public var keptRate: Double? { Self.rate(kept - backdated - instant, of: denominator) }

    /// `chainsKept / chains`: by the first due instant of each chain, so moving a date buys nothing here; nil when there is
    /// nothing to divide by.
    public var keptAtOriginalDueRate: Double? { Self.rate(chainsKept, of: chains) }

    /// `renegotiated / (due - ended)`; nil when nothing was due. One that was recovered is broken, and not in it.
    public var renegotiationRate: Double? { Self.rate(renegotiated, of: due - ended) }

    /// `keptRateDenominator`, counted.
    private var denominator: Int { kept - instant + keptLate + broken + overdue }

    private static func rate(_ part: Int, of whole: Int) -> Double? {
        whole == 0 ? nil : Double(part) / Double(whole)
    }
}
