import Complaints

extension LoadFigures: WrittenFigures {
    func writeMembers(to json: inout JSONWriter) {
        json.member("contacts", contacts)
        json.member("hot_contacts", hotContacts)
        json.member("hot_cases", hotCases)
        json.member("hot_in_a_row", hotInARow)
        json.member("open", open)
        json.member("overdue", overdue)
        json.member("hard_cases", hardCases)
        json.member("hard_cases_without_debrief", hardCasesWithoutDebrief)
    }

    static func columns(of figures: [LoadFigures]) -> [CSVColumn<LoadFigures>] {
        [
            .count("contacts", \.contacts), .count("hot_contacts", \.hotContacts), .count("hot_cases", \.hotCases),
            .count("hot_in_a_row", \.hotInARow), .count("open", \.open), .count("overdue", \.overdue),
            .count("hard_cases", \.hardCases), .count("hard_cases_without_debrief", \.hardCasesWithoutDebrief),
        ]
    }
}
