import CaseAPI
import Complaints

/// What stands at the head of a case's page, and beside the case: how it is handled, how it ended, who else may look at it, and what
/// else its customer has complained of.
struct CaseHead {
    let record: PageRecord
    let id: String
    let asOf: Instant?
    let clock: PageClock
    let file: JSONValue
    let entries: LatestEntries

    /// Since when and until when the customer has a page; nil where they have none now.
    var sharing: [String: Any]? {
        guard let link = entries.link, let ends = Instant(link["expires_at"]), ends > clock.now else { return nil }
        return [
            "label": Texts.sharedSince, "since": clock.moment(link["recorded_at"]) ?? [:],
            "untilLabel": Texts.sharedUntil, "until": clock.moment(ends),
        ]
    }

    /// What is known of it at a glance: how it is handled, and how it ended.
    var facts: [[String: Any]] {
        func fact(_ label: String, _ value: String, _ link: String? = nil) -> [String: Any] {
            ["label": label, "value": value, "link": link.map { $0 as Any } ?? false]
        }
        func other(_ label: String, _ id: Int64) -> [String: Any] {
            fact(label, Texts.customerCase(id), clock.link(CasePage.path(of: String(id))))
        }
        var facts = Texts.caseFacts.compactMap { name, label in
            file[name].text.map { fact(label, Texts.ofWords.contains(name) ? Texts.word($0) : $0) }
        }
        if let amount = file["redress"]["amount"].integer,
            let currency = file["redress"]["currency"].text.flatMap({ Currency($0) })
        {
            facts.append(fact(Texts.redress, Money(amount: amount, currency: currency).words))
        }
        if !file["customer_accepted"].isNull {
            facts.append(fact(Texts.content, file["customer_accepted"].isTrue ? Texts.yes : Texts.no))
        }
        if let pending = file["pending_concessions"].integer, pending > 0 {
            facts.append(fact(Texts.pendingConcessions, String(pending)))
        }
        if let id = file["duplicate_of"].integer { facts.append(other(Texts.duplicateOf, id)) }
        return facts + entries.duplicates.map { other(Texts.duplicates, $0) }
    }

    /// What else the customer has complained of, the newest first; nil where that is nothing.
    func otherCases() throws -> [String: Any]? {
        guard let customer = file["customer"]["id"].integer else { return nil }
        let list = try record.unlessRefused {
            try record.get(
                "/v1/customers/\(customer)/cases",
                [
                    ("sort", "-opened_at"), ("limit", Self.mostOthers), ("fields", CaseRow.fields),
                    ("as_of", asOf?.rfc3339),
                ])
        }
        let rows = (list?["items"].items ?? []).filter { $0["id"].integer.map(String.init)?.isExactly(id) != true }
        guard let list, !rows.isEmpty else { return nil }
        var values: [String: Any] = [
            "title": Texts.otherCases, "caption": Texts.otherCases, "columns": Texts.caseColumns, "hasRows": true,
            "rows": rows.map { CaseRow($0, clock).values }, "more": false,
        ]
        if let total = list["total"].integer, !list["next"].isNull {
            values["more"] = Texts.shown(rows.count, of: String(total - 1))
        }
        return values
    }

    /// How many of them it shows, this one among them.
    private static let mostOthers = "11"
}
