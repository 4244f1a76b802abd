import CaseAPI
import Complaints

/// A case and its customer as every table has them: where the case is, whose it is, whom to call, how bad it is and how they feel.
struct CaseCells {
    /// What the API gives of a case in its lists, or with a promise, as far as it is shown.
    let summary: JSONValue
    let id: Int64
    let clock: PageClock

    /// For the templates `promises`, `queue` and `cases`.
    var values: [String: Any] {
        let customer = summary["customer"]
        var values: [String: Any] = [
            "case": clock.link("/board/cases/\(id)"), "caseID": id,
            "customerPage": customer["id"].integer.map { clock.link(CustomerRecordPage.path(of: $0)) as Any } ?? false,
            "number": Texts.customerCase(id),
            "subject": Self.beginning(summary["subject"].text ?? ""),
            "customer": customer["name"].text ?? "",
            "severity": summary["severity"].text ?? "", "severityName": Texts.severity(summary["severity"].text),
            "mood": summary["mood"].text ?? "", "moodName": Texts.mood(summary["mood"].text),
            "isVulnerable": customer["vulnerable"].isTrue, "vulnerable": Texts.vulnerable,
        ]
        if let phone = customer["phone"].text { values["phone"] = ["number": phone, "link": Link.telephone(phone)] }
        return values
    }

    /// Somebody by name, with their page; nil where nobody is named.
    func person(_ name: JSONValue) -> [String: Any]? {
        name.text.map { ["name": $0, "link": clock.link(Link.owner($0))] }
    }

    /// The place on the case's page where a promise stands.
    func place(ofPromise id: Int64) -> String { "\(clock.link("/board/cases/\(self.id)"))#\(Link.promise(id))" }

    /// How a long text begins: a table shows no more of it, and its page all.
    static func beginning(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let beginning = String(scalars.prefix(160))
        return beginning.utf8.count < text.utf8.count ? beginning + "…" : beginning
    }
}
