/// The columns of the report on a regime: what an authority asks a desk about its complaints.
public struct RegimeFigures: Sendable, Hashable {
    /// How many complaints are counted.
    public internal(set) var opened = 0
    /// How many of them are resolved or closed.
    public internal(set) var settled = 0
    /// How many of these as duplicates of others.
    public internal(set) var duplicates = 0
    /// How many are open, and must have been settled by now.
    public internal(set) var pastDeadline = 0
    /// From the receipt to the resolution, of the settled ones, by nearest rank; nil where none is.
    public internal(set) var settledMedian: ElapsedTime?
    /// The same of nine in ten.
    public internal(set) var settledP90: ElapsedTime?
    /// How many of the settled ones ended so; nobody said of the others.
    public internal(set) var outcomes: [CaseOutcome: Int] = [:]
    /// What their customers get by their resolutions: a sum a currency.
    public internal(set) var redress: [Money] = []
    /// In the order of the regime's last version, and those of its former ones by name.
    public internal(set) var stages: [RegimeStageFigures] = []
    /// In the same order.
    public internal(set) var clocks: [RegimeClockFigures] = []

    init() {}

    /// How many are not settled.
    public var open: Int { opened - settled }

    /// How many of the settled ones have no outcome.
    public var withoutOutcome: Int { settled - outcomes.values.reduce(0, +) }
}

/// How many cases a stage of a regime had.
public struct RegimeStageFigures: Sendable, Hashable {
    /// What the regime calls it.
    public let stage: String
    /// How many came to it.
    public internal(set) var came = 0
    /// Of how many it is the latest of the regime's.
    public internal(set) var latest = 0
    /// How many of these are open.
    public internal(set) var open = 0

    init(stage: String) {
        self.stage = stage
    }

    mutating func add(_ other: RegimeStageFigures) {
        came += other.came
        latest += other.latest
        open += other.open
    }
}

/// How often a clock of a regime ran, and how it was kept.
public struct RegimeClockFigures: Sendable, Hashable {
    /// The stage that it is of.
    public let stage: String
    /// What the regime calls it.
    public let clock: String
    /// Met by when it was due at first.
    public internal(set) var within = 0
    /// Met later, or past due; or broken.
    public internal(set) var late = 0
    /// Not met, and not due yet.
    public internal(set) var running = 0
    /// Not met, and need not be.
    public internal(set) var dropped = 0
    /// How many of all these a later date was given.
    public internal(set) var extended = 0
    /// How many of those that are late were met by the latest date that the regime's extension has, as it was given in time.
    public internal(set) var withinExtension = 0
    /// From its start to when it was met, by nearest rank; nil where it never was.
    public internal(set) var median: ElapsedTime?
    /// The same of nine in ten.
    public internal(set) var p90: ElapsedTime?

    init(stage: String, clock: String) {
        self.stage = stage
        self.clock = clock
    }

    /// How often it ran.
    public var started: Int { within + late + running + dropped }

    mutating func add(_ other: RegimeClockFigures) {
        within += other.within
        late += other.late
        running += other.running
        dropped += other.dropped
        extended += other.extended
        withinExtension += other.withinExtension
    }
}
