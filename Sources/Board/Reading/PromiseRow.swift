import CaseAPI
import Complaints

/// A promise as a line of a table, from what the API says of it.
struct PromiseRow {
    /// The fields that it is made of, for `fields`.
    static let fields =
        "id,case_id,what,kind,owner,accountable,due_at,state,slips,waits_for_acceptance,"
        + "case.subject,case.severity,case.mood,case.customer.name,case.customer.phone,case.customer.vulnerable"

    private let promise: JSONValue
    private let clock: PageClock

    init(_ promise: JSONValue, _ clock: PageClock) {
        self.promise = promise
        self.clock = clock
    }

    /// For the template `promises`.
    var values: [String: Any] {
        let summary = promise["case"]
        let customer = summary["customer"]
        var values: [String: Any] = [
            "id": promise["id"].integer ?? 0, "what": promise["what"].text ?? "",
            "case": clock.link("/board/cases/\(promise["case_id"].integer ?? 0)"),
            "caseID": promise["case_id"].integer ?? 0, "subject": summary["subject"].text ?? "",
            "customer": customer["name"].text ?? "", "severity": summary["severity"].text ?? "",
            "mood": summary["mood"].text ?? "", "slips": promise["slips"].integer ?? 0,
            "isOverdue": promise["state"].text.map { $0.utf8.elementsEqual("overdue".utf8) } ?? false,
            "severityName": Texts.severity(summary["severity"].text), "moodName": Texts.mood(summary["mood"].text),
            "isVulnerable": customer["vulnerable"].isTrue, "vulnerable": Texts.vulnerable,
        ]
        if let phone = customer["phone"].text { values["phone"] = ["number": phone, "link": Link.telephone(phone)] }
        if let owner = promise["owner"].text {
            values["owner"] = ["name": owner, "link": clock.link(Link.owner(owner))]
        } else {
            values["nobody"] = Texts.nobody
        }
        if promise["waits_for_acceptance"].isTrue { values["unaccepted"] = Texts.notAcceptedYet }
        if let due = Instant(promise["due_at"]) {
            values["due"] = clock.moment(due)
            values["distance"] = Texts.distance(clock.distance(to: due), isPast: due < clock.now)
        }
        return values
    }
}

/// A table of promises with its head.
struct PromiseTable {
    let caption: String
    let rows: [JSONValue]
    let clock: PageClock

    /// For the template `promises`.
    var values: [String: Any] {
        [
            "caption": caption, "rows": rows.map { PromiseRow($0, clock).values }, "hasRows": !rows.isEmpty,
            "none": Texts.none, "columns": Texts.promiseColumns,
        ]
    }
}
