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
        var content: [String: Any] = [
            "groups": NewCaseGroup.allCases.filter { !$0.isFolded }.map(values),
            "folded": NewCaseGroup.allCases.filter(\.isFolded).map(values),
            // A template looks for what is not here around the form.
            "problem": false, "duplicates": false, "known": false,
        ]
        let all = FormView(
            body: NewCasePage.body, asked: NewCaseGroup.allCases.flatMap(\.fields), values: typed, problem: problem, zone: zone)
        for name in ["problem", "clock"] { content[name] = all.content[name] }
        return content
    }

    private func values(_ group: NewCaseGroup) -> [String: Any] {
        let asked = group.fields.filter { !isChosen || !$0.utf8.starts(with: "customer/".utf8) }
        var view = FormView(body: NewCasePage.body, asked: asked, values: typed, problem: problem, zone: zone)
        view.optional = Self.instead
        var fields = view.content["fields"] as? [[String: Any]] ?? []
        for index in fields.indices where (fields[index]["name"] as? String)?.utf8.elementsEqual(Self.name.utf8) ?? false {
            // Without one of the others a customer can't be without it; the body has a form for each.
            fields[index]["isRequired"] = true
            fields[index]["required"] = Texts.required
        }
        let faults = faults(at: group.objects)
        // None of these is called as what a field may lack: a template looks for that around it.
        return [
            "id": "group-\(group.rawValue)", "title": Texts.title(of: group), "isWho": group == .who,
            "groupNote": Texts.hint(of: group).map { ["text": $0] as Any } ?? false,
            "groupFault": faults.isEmpty ? false : ["text": faults.joined(separator: " ")] as Any,
            "fields": fields,
            "isOpen": !faults.isEmpty
                || asked.contains { name in !(typed[name] ?? "").isEmpty || !self.faults(at: [name]).isEmpty },
        ]
    }

    private func faults(at paths: [String]) -> [String] {
        (problem?.items ?? []).filter { item in
            paths.contains { item.pointer?.utf8.elementsEqual("/\($0)".utf8) ?? false }
        }.map { Texts.inWords($0.detail, in: zone) }
    }
}
