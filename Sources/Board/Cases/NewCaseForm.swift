import CaseAPI
import Complaints

/// The form of a new case as its page shows it: group by group, with what was typed and what is wrong beside it.
struct NewCaseForm {
    let typed: [String: String]
    let problem: PageProblem?
    let zone: Zone
    /// Whether the customer is chosen already: nothing more is then asked of them.
    let isChosen: Bool

    /// What names somebody who is on record already, each instead of a name.
    private static let instead = ["customer/id", "customer/external_id"]
    private static let name = "customer/name"

    /// For the template `newcase`, but for where it is sent, what is sent along, and what its button says.
    var content: [String: Any] {
        let asked = NewCaseGroup.allCases.map { group in
            (group: group, fields: group.fields.filter { !isChosen || !$0.utf8.starts(with: "customer/".utf8) })
        }
        var view = FormView(body: NewCasePage.body, asked: [], values: typed, problem: problem, zone: zone)
        view.optional = Self.instead
        view.groups = asked.map {
            FormView.Group(title: Texts.title(of: $0.group), asked: $0.fields, hidden: [])
        }
        var content = view.content
        let groups = zip(asked, content["groups"] as? [[String: Any]] ?? []).map { asked, shown in
            (isFolded: asked.group.isFolded, values: values(asked.group, asked.fields, shown))
        }
        content["groups"] = groups.filter { !$0.isFolded }.map(\.values)
        content["folded"] = groups.filter(\.isFolded).map(\.values)
        // A template looks for what is not here around the form.
        content["duplicates"] = false
        content["choosers"] = ""
        content["known"] = false
        return content
    }

    private func values(_ group: NewCaseGroup, _ asked: [String], _ shown: [String: Any]) -> [String: Any] {
        var fields = shown["fields"] as? [[String: Any]] ?? []
        for index in fields.indices
        where (fields[index]["name"] as? String)?.utf8.elementsEqual(Self.name.utf8) ?? false {
            // Without one of the others a customer can't be without it; the body has a form for each.
            fields[index]["isRequired"] = true
        }
        // None of these is called as what a field may lack.
        return [
            "id": "group-\(group.rawValue)", "title": shown["title"] ?? "", "isWho": group == .who, "fields": fields,
            "groupNote": Texts.hint(of: group).map { ["text": $0] as Any } ?? false,
            "isOpen": asked.contains { !(typed[$0] ?? "").isEmpty }
                || fields.contains { $0["fault"] is [String: String] },
        ]
    }
}
