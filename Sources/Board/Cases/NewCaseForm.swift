import CaseAPI
import Complaints

/// The form of a new case as its page shows it: group by group, with what was typed and what is wrong beside it.
struct NewCaseForm {
    let typed: [String: String]
    let problem: PageProblem?
    let zone: Zone
    /// Whether the customer is chosen already: nothing more is then asked of them.
    let isChosen: Bool
    let hours: OpeningHours
    /// What is wrong with fields before the form is sent to the API, by their names.
    var faults: [String: String] = [:]

    /// What is wrong with what was typed, as far as that is to be told without the record: what has to be filled in and is not, and what is
    /// not understood.
    static func faults(in typed: [String: String], zone: Zone) -> [String: String] {
        let reading = FormReading(zone: zone, now: .latest, durations: Texts.durations)
        var faults: [String: String] = [:]
        for field in NewCaseGroup.allCases.flatMap(\.fields) {
            let value = typed[field] ?? ""
            if let fault = NewCasePage.body.fault(in: field, typed: value, reading) {
                faults[field] = Texts.advice(for: fault, in: zone)
            } else if ExactText(value).isBlank, isNeeded(field, typed) {
                faults[field] = Texts.fillIn
            }
        }
        return faults
    }

    private static func isNeeded(_ field: String, _ typed: [String: String]) -> Bool {
        guard field.isExactly(name) else { return NewCasePage.body[field]?.isRequired ?? false }
        return instead.allSatisfy { ExactText(typed[$0] ?? "").isBlank }
    }

    /// What names somebody who is on record already, each instead of a name.
    private static let instead = ["customer/id", "customer/external_id"]
    private static let name = "customer/name"

    /// For the template `newcase`, but for where it is sent, what is sent along, and what its button says.
    var content: [String: Any] {
        let asked = NewCaseGroup.allCases.map { group in
            (
                group: group,
                fields: group.fields.filter { field in
                    // What was typed is shown, whatever it is.
                    let isAsked = hours.asksFor(field, of: NewCasePage.body) || !(typed[field] ?? "").isEmpty
                    return isAsked && (!isChosen || !field.utf8.starts(with: "customer/".utf8))
                }
            )
        }
        var view = FormView(body: NewCasePage.body, asked: [], values: typed, problem: problem, zone: zone)
        view.optional = Self.instead
        view.faults = faults
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
