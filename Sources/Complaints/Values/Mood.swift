/// How the customer is (T10, T12), the calmest first. `abusive` means personal attack or threat, not swearing or venting.
public enum Mood: String, Vocabulary, Comparable {
    case calm, upset, angry, abusive

    /// Whether it takes something out of whoever handles it (T20).
    public var isHot: Bool { self >= .angry }

    /// By heat: the calmer first.
    public static func < (a: Mood, b: Mood) -> Bool { a.heat < b.heat }

    private var heat: Int {
        switch self {
        case .calm: 0
        case .upset: 1
        case .angry: 2
        case .abusive: 3
        }
    }
}

/// Where the mood is going, by the last two times it was observed (T10).
public enum MoodTrend: String, Vocabulary {
    case rising, steady, falling

    /// From one observation to the next.
    public init(from before: Mood, to after: Mood) {
        self = after > before ? .rising : after < before ? .falling : .steady
    }
}
