import CaseAPI
import Complaints

/// An entry of a log as a line of a page: what it tells, who wrote it, and when.
struct EntryRow {
    private let entry: JSONValue
    private let clock: PageClock

    init(_ entry: JSONValue, _ clock: PageClock) {
        self.entry = entry
        self.clock = clock
    }

    /// For the template `entry`.
    ///
    /// - Parameter withCase: whether it says which case it is about: in the log of a case that goes without saying.
    func values(withCase: Bool = false) -> [String: Any] {
        let text = EntryText(entry, clock)
        var values: [String: Any] = [
            "seq": entry["seq"].integer ?? 0,
            "kind": Texts.entry(entry["kind"].text), "actor": entry["actor"].text ?? "",
            "at": clock.moment(entry["recorded_at"]) ?? [:],
            "details": text.facts.map { ["label": $0.label, "value": ["parts": $0.parts]] as [String: Any] },
            "hasDetails": !text.facts.isEmpty, "quote": false, "ofCase": false,
        ]
        if let words = text.words { values["quote"] = ["words": words] }
        if withCase, let id = entry["case_id"].integer {
            values["ofCase"] = ["link": clock.link(CasePage.path(of: String(id))), "name": Texts.customerCase(id)]
        }
        return values
    }
}
