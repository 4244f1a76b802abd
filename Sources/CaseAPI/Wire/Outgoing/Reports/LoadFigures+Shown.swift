import Complaints

extension ReportForm<LoadGrouping, LoadFigures> {
    static let load = ReportForm("Load", ReportScope(grouping: .owner, example: .owner), LoadFigures.shown)
}

extension LoadFigures {
    fileprivate static let shown: [Shown<LoadFigures>] = [
        .count(
            "contacts",
            "Cases in which somebody noted a mood, each counted once a day for whoever noted it: by the mood entries "
                + "of the logs."
        ) { $0.contacts },
        .count("hot_contacts", "Those with a customer who was angry or abusive.") { $0.hotContacts },
        .count("hot_cases", "In how many cases they were.") { $0.hotCases },
        .count(
            "hot_in_a_row",
            """
            How many of the latest contacts in the range were hot, one after the other; of a team the most of anybody, \
            in the total the most of any group.
            """
        ) { $0.hotInARow },
        .count("open", "Promises to customers, unsettled and not past due.") { $0.open },
        .count("overdue", "Those that are past due.") { $0.overdue },
        .count(
            "hard_cases",
            """
            Cases with a hot contact, or with a promise due in the range that was late or broken at some time, for whom \
            it counted at its due instant.
            """
        ) { $0.hardCases },
        .count("hard_cases_without_debrief", "Those of them whose log has no debrief as of as_of.") {
            $0.hardCasesWithoutDebrief
        },
        .count(
            "kept",
            """
            Promises to customers due in the range that were kept in time, for whom they counted at their due instant; \
            backdated and instant ones aside.
            """
        ) { $0.kept },
        .count("accepted", "Cases resolved in the range whose customer was content, for whoever resolved them.") {
            $0.accepted
        },
        .count("not_accepted", "Those whose customer was not.") { $0.notAccepted },
        .count("thanked", "How often a customer said thank you: the thanks entries of the logs.") { $0.thanked },
    ]
}
