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
        let shown = asked.filter { !$0.group.isFolded }
        view.groups = shown.map { FormView.Group(title: Texts.title(of: $0.group), asked: $0.fields) }
        view.folds = asked.filter(\.group.isFolded).map {
            FormView.Fold(title: Texts.title(of: $0.group), asked: $0.fields)
        }
        // Without one of the others a customer can't be without it; the body has a form for each.
        view.needs.fields = [Self.name]
        var content = view.content
        content["groups"] = zip(shown, content["groups"] as? [[String: Any]] ?? []).map { asked, values in
            // None of these is called as what a field may lack.
            values.merging([
                "id": "group-\(asked.group.rawValue)", "isWho": asked.group == .who,
                "groupNote": Texts.hint(of: asked.group).map { ["text": $0] as Any } ?? false,
            ]) { $1 }
        }
        // A template looks for what is not here around the form.
        content["duplicates"] = false
        content["choosers"] = ""
        content["known"] = false
        return content
    }
}
