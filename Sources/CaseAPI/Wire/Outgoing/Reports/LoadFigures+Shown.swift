import Complaints

extension ReportForm<LoadGrouping, LoadFigures> {
    static let load = ReportForm("Load", ReportScope(grouping: .owner, example: .owner), LoadFigures.shown)
}

extension LoadFigures {
    fileprivate static let shown: [Shown<LoadFigures>] = [
        .count("contacts", "How often a mood was observed: the mood entries of the logs.") { $0.contacts },
        .count("hot_contacts", "How often it was angry or abusive.") { $0.hotContacts },
        .count("hot_cases", "In how many cases it was.") { $0.hotCases },
        .count(
            "hot_in_a_row",
            """
            How many of the latest contacts in the range were hot, one after the other; in the total the most of any \
            group.
            """
        ) { $0.hotInARow },
        .count("open", "Promises to customers, unsettled and not past due.") { $0.open },
        .count("overdue", "Those that are past due.") { $0.overdue },
        .count(
            "hard_cases",
            """
            Cases with a hot contact, or with a promise due in the range that was late or broken at some time, by its \
            owner at its due instant.
            """
        ) { $0.hardCases },
        .count("hard_cases_without_debrief", "Those of them whose log has no debrief as of as_of.") {
            $0.hardCasesWithoutDebrief
        },
    ]
}
