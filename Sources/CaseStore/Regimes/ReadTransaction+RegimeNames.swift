import Complaints

extension ReadTransaction {
    /// Whether there is a regime of that name.
    public func isKnown(regime name: String) throws -> Bool { try regimeName(FoldedName(name)) != nil }

    /// The regime whose name is most like one that there is not.
    public func nearestRegime(to name: String) throws -> String? { FoldedName(name).nearest(among: try regimeNames()) }

    /// The versions of the regime of that name, the first one first; none where there is no such regime.
    func regimeVersions(_ name: FoldedName) throws -> [Regime] {
        StandIn.regimes.filter { FoldedName($0.name) == name }
    }

    /// A version with its calendar, which is read whole; nil where that is not there, or has no rules on this system.
    func regimeInForce(_ regime: Regime) throws -> RegimeInForce? {
        guard let table = try? Timetable([StandIn.calendar]) else { return nil }
        return RegimeInForce(RegimeTimetable(regime, calendar: table))
    }

    /// The names of all regimes.
    func regimeNames() throws -> [String] { StandIn.regimes.map(\.name) }

    /// A regime's name as it is written; nil where there is none of that name.
    func regimeName(_ name: FoldedName) throws -> String? { try regimeVersions(name).last?.name }
}

enum StandIn {
    static let calendar = BusinessCalendar(
        name: "standin", timeZone: "Europe/London",
        weekly: Dictionary(
            uniqueKeysWithValues: Weekday.allCases.prefix(5).map { ($0, [OpenInterval(from: "09:00", to: "17:00")!]) }))
    static let regimes = [
        Regime(
            name: "Two steps", title: "Two steps", authority: "None", source: "None", calendar: "standin",
            stages: [
                RegimeStage(
                    name: "first",
                    clocks: [
                        RegimeClock(
                            name: "acknowledge", anchor: .received, length: ClockLength(1, .days),
                            makes: .promise(.acknowledge)),
                        RegimeClock(
                            name: "answer", anchor: .kept(.acknowledge), length: ClockLength(10, .days),
                            makes: .promise(.answer),
                            extension: ClockExtension(ClockLength(20, .days), from: .anchor)),
                        RegimeClock(
                            name: "news", anchor: .stageOpened, length: ClockLength(5, .days), every: true,
                            makes: .promise(.update)),
                        RegimeClock(
                            name: "end", anchor: .received, length: ClockLength(40, .days), makes: .hardDeadline),
                    ]),
                RegimeStage(
                    name: "second",
                    clocks: [
                        RegimeClock(
                            name: "review", anchor: .stageRequested, length: ClockLength(15, .days),
                            makes: .promise(.answer))
                    ]),
            ]),
        Regime(
            name: "Two more steps", title: "Two steps", authority: "None", source: "None", calendar: "standin",
            stages: [
                RegimeStage(
                    name: "only",
                    clocks: [
                        RegimeClock(
                            name: "answer", anchor: .received, length: ClockLength(12, .days), makes: .promise(.answer))
                    ])
            ]),
    ]
}
