/// Regimes that come with the program, and are in no database: version 0 of each. Their names are not for others. What each
/// takes from its source, and what was chosen where that has no number, is in docs/regimes.md.
public enum ShippedRegimes {
    /// Every one there is.
    public static let all: [Regime] = [fcaDisp, fcaPayments, housingOmbudsman, lgsco]

    /// The one of that name; nil when none has it.
    package static func regime(named name: FoldedName) -> Regime? { byName[name] }

    /// Their folded names.
    package static let names = Set(byName.keys)

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { (FoldedName($0.name), $0) })

    private static let fcaDisp = Regime(
        name: "fca-disp",
        title: "Complaints to UK financial firms: 8 weeks for the answer, acknowledged promptly (here 5 business days)",
        authority: "Financial Conduct Authority (UK)", source: "FCA Handbook, DISP 1.5 and DISP 1.6",
        calendar: "england-and-wales",
        stages: [
            RegimeStage(
                name: "complaint",
                clocks: [
                    acknowledgement(from: .received),
                    RegimeClock(
                        name: "final response", anchor: .received, length: ClockLength(8, .weeks),
                        makes: .promise(.answer)),
                    RegimeClock(
                        name: "deadline", anchor: .received, length: ClockLength(8, .weeks), makes: .hardDeadline,
                        metBy: [.answer]),
                    RegimeClock(
                        name: "summary resolution", anchor: .received, length: ClockLength(3, .businessDays),
                        until: .close, insteadOf: "final response"),
                ])
        ], version: 0)

    private static let fcaPayments = Regime(
        name: "fca-payments",
        title: "Complaints about payment services and e-money in the UK: 15 business days, exceptionally 35",
        authority: "Financial Conduct Authority (UK)", source: "FCA Handbook, DISP 1.6.1R and DISP 1.6.2AR",
        calendar: "england-and-wales",
        stages: [
            RegimeStage(
                name: "complaint",
                clocks: [
                    acknowledgement(from: .received),
                    RegimeClock(
                        name: "response", anchor: .received, length: ClockLength(15, .businessDays),
                        makes: .promise(.answer),
                        extension: ClockExtension(ClockLength(35, .businessDays), from: .anchor)),
                    RegimeClock(
                        name: "deadline", anchor: .received, length: ClockLength(35, .businessDays),
                        makes: .hardDeadline, metBy: [.answer]),
                ])
        ], version: 0)

    private static let housingOmbudsman = Regime(
        name: "housing-ombudsman",
        title: "Complaints to social landlords in England: two stages of 10 and 20 working days",
        authority: "Housing Ombudsman Service (England)", source: "Complaint Handling Code, section 6",
        calendar: "england-and-wales", stages: twoStages, version: 0)

    private static let lgsco = Regime(
        name: "lgsco", title: "Complaints to councils in England: two stages of 10 and 20 working days",
        authority: "Local Government and Social Care Ombudsman (England)",
        source: "Complaint Handling Code (guidance under section 23(12A) of the Local Government Act 1974)",
        calendar: "england-and-wales", validFrom: CivilDate(year: 2026, month: 4, day: 1), stages: twoStages,
        version: 0)

    /// Both ombudsmen ask for the same: acknowledged within 5 working days, answered so many after that, and as many more for a
    /// good reason.
    private static let twoStages = [
        stage("stage 1", from: .received, answeredWithin: 10),
        stage("stage 2", from: .stageRequested, answeredWithin: 20),
    ]

    /// Within 5 business days in all of them: where a source has no number, that was chosen.
    private static func acknowledgement(from anchor: ClockAnchor) -> RegimeClock {
        RegimeClock(
            name: "acknowledgement", anchor: anchor, length: ClockLength(5, .businessDays),
            makes: .promise(.acknowledge))
    }

    private static func stage(_ name: String, from anchor: ClockAnchor, answeredWithin days: Int) -> RegimeStage {
        RegimeStage(
            name: name,
            clocks: [
                acknowledgement(from: anchor),
                RegimeClock(
                    name: "response", anchor: .kept(.acknowledge), length: ClockLength(days, .businessDays),
                    makes: .promise(.answer),
                    extension: ClockExtension(ClockLength(days, .businessDays), from: .due)),
            ])
    }
}
