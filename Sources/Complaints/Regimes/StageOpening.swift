/// What the clocks of a stage come to as it begins: the promises that they make at once, and the case's deadline.
struct StageOpening {
    /// The regime's version.
    let regime: Regime
    /// The stage.
    let stage: RegimeStage
    /// When the customer asked for it; of the first one, when the complaint was received.
    let requestedAt: Instant
    /// The clocks that make a promise at once, in the regime's order.
    private(set) var promises: [StartedClock] = []
    /// The soonest of those that make a deadline; nil where none does at once.
    private(set) var hardDeadline: Instant?
    /// Why clocks of it can't be counted, as there are not so many open dates.
    private(set) var refusals: [BusinessDueRefusal] = []

    /// The first stage of a regime: its clocks are counted from the receipt, or from when the case was opened.
    init(firstOf timetable: RegimeTimetable, receivedAt: Instant, openedAt: Instant) {
        self.init(0, of: timetable, requestedAt: receivedAt, receivedAt: receivedAt, openedAt: openedAt)
    }

    /// A stage by its place in the regime.
    ///
    /// - Precondition: there is one.
    init(_ place: Int, of timetable: RegimeTimetable, requestedAt: Instant, receivedAt: Instant, openedAt: Instant) {
        regime = timetable.regime
        stage = timetable.regime.stages[place]
        self.requestedAt = requestedAt
        for clock in stage.clocks {
            let start: Instant? =
                switch clock.anchor {
                case .received: receivedAt
                case .stageRequested: requestedAt
                case .stageOpened: openedAt
                case .kept: nil
                }
            guard let start else { continue }
            do throws(BusinessDueRefusal) {
                if let started = try StartedClock(clock, from: start, by: timetable) { add(started) }
            } catch {
                refusals.append(error)
            }
        }
    }

    /// What is wrong with what asked for it, for each clock that can't be counted.
    func issues(_ field: String) -> [FieldIssue] { refusals.map { $0.issue(field, at: .body) } }

    /// What is wrong with a case's own deadline beside those of its clocks: a regime's is nobody's to put off. An earlier one
    /// may be given.
    ///
    /// - Parameter recorded: what the stage has on record of them, once it has begun: no calendar moves that.
    func issues(deadline: Instant?, recorded: Instant? = nil) -> [FieldIssue] {
        guard let latest = recorded ?? hardDeadline, deadline.map({ $0 > latest }) ?? true else { return [] }
        return [
            FieldIssue(
                "hard_deadline", .invalidValue,
                "must not lie after \(latest.rfc3339), which is by when \(regime.name) has the case settled: only an earlier one "
                    + "can be given. A case that is under the wrong regime is put under another one with regime, and counted anew "
                    + "with the name of its own where the calendar was put right since."
            )
        ]
    }

    private mutating func add(_ started: StartedClock) {
        switch started.product {
        case .promise: promises.append(started)
        case .hardDeadline: hardDeadline = min(hardDeadline ?? started.due.instant, started.due.instant)
        }
    }
}

/// A clock of a regime that runs.
struct StartedClock {
    /// What the regime calls it.
    let name: String
    /// What it makes.
    let product: ClockProduct
    /// What it is counted from.
    let from: Instant
    /// By when.
    let due: ClockDue

    /// Nil for one that makes nothing.
    ///
    /// - Throws: where there are not so many open dates.
    init?(_ clock: RegimeClock, from start: Instant, by timetable: RegimeTimetable) throws(BusinessDueRefusal) {
        guard let product = clock.makes else { return nil }
        name = clock.name
        self.product = product
        from = start
        due = try timetable.due(clock, from: start)
    }
}

extension RegimeTimetable {
    /// The stage of that name with its place; nil where it has none. Names compare without case.
    func stage(_ name: String) -> (place: Int, stage: RegimeStage)? {
        let wanted = FoldedName(name)
        return regime.stages.enumerated().first { FoldedName($0.element.name) == wanted }.map {
            ($0.offset, $0.element)
        }
    }

    /// The clock that runs in a case as one of a stage of it; nil where this version has none of that name.
    func clock(_ running: Promise.StageClock, in stage: CaseStage) -> RegimeClock? {
        self.stage(stage.name)?.stage.clocks.first { $0.name.isExactly(running.name) }
    }
}

extension RegimeClock {
    /// The kinds of promises to the customer that meet it once one is kept.
    public var meetingKinds: [PromiseKind] {
        guard metBy.isEmpty else { return metBy }
        if case .promise(let kind)? = makes { return [kind] }
        return []
    }

    /// Whether a keep that meets it does so in the run that began at `start`. So does what was done before that, as an answer that
    /// went out before the acknowledgement it is counted from; but not where each such keep begins a run itself.
    func isMet(at keptAt: Instant, from start: Instant) -> Bool {
        if every { return keptAt > start }
        if case .kept(let kind) = anchor, meetingKinds.contains(kind) { return keptAt > start }
        return true
    }
}

extension PromiseKind {
    /// What a clock promises, in words.
    var promisedByClock: String {
        switch self {
        case .acknowledge: Policy.acknowledgement
        case .update: "Tell the customer how the complaint stands"
        case .callback: "Call the customer back"
        case .answer: "Answer the complaint"
        case .remedy: "Do what was found to be right"
        case .decision: "Tell the customer what was decided"
        case .checkIn: "Ask the customer how things are"
        case .followUp: Policy.followUp
        case .other: "Do what the procedure asks for next"
        }
    }
}
