public import Complaints

/// Why the wall clock is not believed, so that no change is kept: with it the record would say what never was, and a
/// stamp far ahead would stop time until the clocks have come up to it.
public enum ClockTrouble: Sendable, Hashable {
    /// It leapt, ahead or (negative) back, while the boot clock went on: somebody set it, or it was never right.
    /// `behind` is the last stamp on record where it has come to lie before that: then it can't be accepted.
    case jumped(by: ElapsedTime, behind: Instant?)
    /// It lies far before the last stamp on record, whether that was ahead of time or the clock is behind it now.
    case behind(lastStamp: Instant, by: ElapsedTime)

    /// A clock that differs by no more is as good as right: time servers step it, and drivers differ.
    public static let limit = ElapsedTime.minutes(5)

    /// The kind of it, for programs.
    public var word: String {
        switch self {
        case .jumped: "clock_jumped"
        case .behind: "clock_behind"
        }
    }

    /// Whether an operator's word would end it.
    var canBeAccepted: Bool {
        if case .jumped(_, behind: nil) = self { true } else { false }
    }

    /// What happened, in a sentence.
    public var summary: String {
        switch self {
        case .jumped(let leap, _):
            "The wall clock leapt \(leap < .zero ? "back" : "ahead") by \(leap.magnitude.iso8601)."
        case .behind(let lastStamp, let gap):
            "The wall clock is \(gap.iso8601) behind the last stamp on record, \(lastStamp.rfc3339)."
        }
    }

    /// What an operator should do, in a sentence or two: what would be refused is not advised.
    public var remedy: String {
        switch self {
        case .jumped(_, behind: nil):
            "Set the clock right; if it is right now, say casekeeper clock --accept with the service's --database."
        case .jumped(_, behind: let lastStamp?):
            "Set the clock right. If it is right now, it is behind the last stamp on record, and can't be accepted before "
                + "\(lastStamp.rfc3339): wait for that, or restore a backup from before that stamp."
        case .behind: "Set the clock right, or wait for it; if the stamp is wrong, restore a backup from before it."
        }
    }
}

extension ElapsedTime {
    /// Without its sign.
    package var magnitude: ElapsedTime { ElapsedTime(milliseconds: abs(milliseconds)) }
}
