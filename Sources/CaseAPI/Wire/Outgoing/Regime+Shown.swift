import Complaints

extension RegimeRecord {
    /// What there is of a regime in a list.
    static let listed: [Shown<RegimeRecord>] = said + held

    /// What there is of a regime.
    static let shown: [Shown<RegimeRecord>] =
        said + [
            .objects(
                "stages", "In order, the first one first.", of: RegimeStage.shown, schema: .named("RegimeStage"),
                bounds: 1...Limits.regimeStages
            ) { $0.regime.stages }
        ] + held + [
            .objects(
                "versions",
                "The newest first, and at most \(mostVersions) of them; none of one that comes with the service.",
                of: RegimeVersion.shown, schema: .named("RegimeVersion"), bounds: 0...mostVersions
            ) { $0.versions.suffix(mostVersions).reversed() }
        ]

    private static let mostVersions = 100

    private static let said: [Shown<RegimeRecord>] = [
        .text("name") { $0.name },
        .text("title", "What it is, in a line.") { $0.regime.title },
        .text("authority", "Whose rules they are.") { $0.regime.authority },
        .text("source", "Where they stand.") { $0.regime.source },
        .text("calendar", "The calendar that its clocks go by, by name.") { $0.regime.calendar },
        .word("received_closed", "Which date is day 0 of what came on one that the calendar has closed.") {
            $0.regime.receivedClosed
        },
    ]

    private static let held: [Shown<RegimeRecord>] = [
        .value("valid_from", .date, "The first local date of receipt that it holds for; null: from ever.") {
            $0.regime.validFrom?.iso8601
        },
        .value("valid_until", .date, "The last one; null: it still holds.") { $0.regime.validUntil?.iso8601 },
        .count("version", "1, and one more with every change; 0 for one that comes with the service.") {
            $0.regime.version
        },
        .instant("recorded_at", "When the service was told of this version; null for one that came with it.") {
            $0.recordedAt
        },
        .flag("shipped", "Whether it comes with the service: such a one is not changed.") { $0.isShipped },
    ]
}

extension RegimeStage {
    static let shown: [Shown<RegimeStage>] = [
        .text("name") { $0.name },
        .objects(
            "clocks", "What runs in it.", of: RegimeClock.shown, schema: .named("RegimeClock"),
            bounds: 0...Limits.stageClocks
        ) { $0.clocks },
    ]
}

extension RegimeClock {
    static let shown: [Shown<RegimeClock>] = [
        .text("name") { $0.name },
        .value("anchor", .named("ClockAnchor"), "What starts it.") { $0.anchor.text },
        .count("count", "How many of the unit it runs.") { $0.length.count },
        .word("unit") { $0.length.unit },
        .wordOrNull("until", "When on its date it is due; null for hours.") { $0.until },
        .flag("every", "Whether it begins anew each time that what it made is kept, while the stage is open.") {
            $0.every
        },
        .value("makes", .named("ClockProduct"), "Null for one that makes nothing: see instead_of.") { $0.makes?.text },
        .value(
            "met_by", .array(.named("PromiseKind")),
            "The kinds of promises to the customer that meet it once one is kept; none: the kind that it makes."
        ) { $0.metBy.map(\.rawValue) },
        .text(
            "instead_of", "The clock that need not be met where the case is resolved by when this one is due."
        ) { $0.insteadOf },
        .objectOrNull(
            "extension", "By how much it may be extended at most; null: not at all.", of: ClockExtension.shown,
            schema: .named("ClockExtension")
        ) { $0.extension },
    ]
}

extension ClockExtension {
    static let shown: [Shown<ClockExtension>] = [
        .count("count") { $0.length.count },
        .word("unit") { $0.length.unit },
        .word("from", "From when that counts.") { $0.from },
    ]
}

extension RegimeVersion {
    static let shown: [Shown<RegimeVersion>] = [
        .id("version") { $0.number },
        .value("valid_from", .date, "Null: from ever.") { $0.period.from?.iso8601 },
        .value("valid_until", .date, "Null: it still holds.") { $0.period.until?.iso8601 },
        .instant("recorded_at") { $0.recordedAt },
    ]
}

extension ItemForm<RegimeRecord> {
    static let regime = ItemForm(RegimeRecord.shown)
    static let listedRegime = ItemForm(RegimeRecord.listed)
}

extension ListForm<RegimeRecord> {
    static let regimes = ListForm(.listedRegime)
}
