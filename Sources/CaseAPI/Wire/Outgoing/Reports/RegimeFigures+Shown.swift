import Complaints

extension ReportForm<RegimeGrouping, RegimeFigures> {
    static let regime = ReportForm(
        "Regime",
        ReportScope(
            range: "Received, or settled,", grouping: .category, example: .stage,
            regime: "Of the cases under that regime."),
        RegimeFigures.shown,
        table: table(RegimeRecordOfGroup.shown, key: { $0.key }, records: RegimeRecordOfGroup.all))
}

extension RegimeFigures {
    fileprivate static let shown: [Shown<RegimeFigures>] =
        counts + [sums] + [
            .objects(
                "stages", "Those of the regime's last version, in its order, and then those of former ones.",
                of: RegimeStageFigures.shown, schema: .named("RegimeStageFigures")
            ) { $0.stages },
            .objects(
                "clocks", "In the same order; each that ran, and each of the last version.",
                of: RegimeClockFigures.shown, schema: .named("RegimeClockFigures")
            ) { $0.clocks },
        ]

    fileprivate static let counts: [Shown<RegimeFigures>] = [
        .count("opened", "All of them.") { $0.opened },
        .count("settled", "Resolved or closed.") { $0.settled },
        .count("open") { $0.open },
        .count("past_deadline", "Open, with a hard_deadline before as_of.") { $0.pastDeadline },
        .count("duplicates", "Settled as duplicates of others; among settled.") { $0.duplicates },
        .object(
            "settled_days",
            "From the receipt to the resolution, of the settled ones, in days of 24 hours, by nearest rank.",
            columns: "settled_days_", of: settledDays
        ) { $0 },
        .object("outcomes", "How the settled ones ended.", columns: "outcome_", of: endings) { $0 },
    ]

    private static let settledDays: [Shown<RegimeFigures>] = [
        .days("median") { $0.settledMedian }, .days("p90") { $0.settledP90 },
    ]

    private static let endings: [Shown<RegimeFigures>] =
        CaseOutcome.allCases.map { outcome in .count(outcome.rawValue) { $0.outcomes[outcome] ?? 0 } }
        + [.count("none", "Nobody said.") { $0.withoutOutcome }]

    private static let sums: Shown<RegimeFigures> = .sums(
        "redress", "What the customers of the settled ones get by their resolutions."
    ) { $0.redress }
}

extension RegimeStageFigures {
    static let shown: [Shown<RegimeStageFigures>] =
        [.text("stage", "What the regime calls it.") { $0.stage }] + counts

    fileprivate static let counts: [Shown<RegimeStageFigures>] = [
        .count("came", "Cases that came to it.") { $0.came },
        .count("latest", "Those of which it is the latest stage.") { $0.latest },
        .count("open", "Those of these that are open.") { $0.open },
    ]
}

extension RegimeClockFigures {
    static let shown: [Shown<RegimeClockFigures>] =
        [.text("stage", "That it is of.") { $0.stage }, .text("clock", "What the regime calls it.") { $0.clock }]
        + counts

    fileprivate static let counts: [Shown<RegimeClockFigures>] = [
        .count("started", "How often it ran: within + late + running + dropped.") { $0.started },
        .count("within", "Met by when it was due at first.") { $0.within },
        .count("late", "Met after that, or not met and past it, or broken.") { $0.late },
        .count("running", "Not met, and not due yet.") { $0.running },
        .count(
            "dropped",
            "Not met, and need not be: the customer released the desk before it was due, it goes on in another case or as "
                + "something else, it was a mistake, or the case was resolved by when a clock with instead_of is due."
        ) { $0.dropped },
        .count("extended", "How many of started were given a later date.") { $0.extended },
        .count(
            "within_extension",
            "How many of late were given a later date, and met by the latest one that the regime's extension has."
        ) { $0.withinExtension },
        .object(
            "days", "From its start to when it was met, in days of 24 hours, by nearest rank.", columns: "days_",
            of: days
        ) { $0 },
    ]

    private static let days: [Shown<RegimeClockFigures>] = [
        .days("median") { $0.median }, .days("p90") { $0.p90 },
    ]
}

/// A record of the report as CSV: what a group has of its cases, of one stage, or of one clock. Columns of the others are empty, so
/// that each can be added up or filtered by itself.
private struct RegimeRecordOfGroup: Sendable {
    let key: String?
    let part: Part

    enum Part {
        case cases(RegimeFigures)
        case stage(RegimeStageFigures)
        case clock(RegimeClockFigures)
    }

    /// What a record is of.
    fileprivate enum Word: String, Vocabulary {
        case cases, stage, clock
    }

    /// Those of a group.
    @Sendable static func all(_ group: ReportForm<RegimeGrouping, RegimeFigures>.Group) -> [RegimeRecordOfGroup] {
        let figures = group.figures
        let parts =
            [Part.cases(figures)] + figures.stages.map { Part.stage($0) } + figures.clocks.map { Part.clock($0) }
        return parts.map { RegimeRecordOfGroup(key: group.key, part: $0) }
    }

    static let shown: [Shown<RegimeRecordOfGroup>] = [
        .text("key") { $0.key },
        .word("part") { $0.word },
        .text("stage") { $0.stageName },
        .text("clock") { $0.clock?.clock },
        .objectOrNull("cases", columns: "", of: RegimeFigures.counts) { $0.cases },
        .objectOrNull("stages", columns: "stage_", of: RegimeStageFigures.counts) { $0.stage },
        .objectOrNull("clocks", columns: "clock_", of: RegimeClockFigures.counts) { $0.clock },
        .sums("redress") { $0.cases?.redress ?? [] },
    ]

    private var word: Word {
        switch part {
        case .cases: .cases
        case .stage: .stage
        case .clock: .clock
        }
    }

    private var stageName: String? { stage?.stage ?? clock?.stage }

    private var cases: RegimeFigures? {
        if case .cases(let figures) = part { figures } else { nil }
    }

    private var stage: RegimeStageFigures? {
        if case .stage(let figures) = part { figures } else { nil }
    }

    private var clock: RegimeClockFigures? {
        if case .clock(let figures) = part { figures } else { nil }
    }
}
