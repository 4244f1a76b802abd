import CaseAPI
import Complaints

// A customer's record, for the desk.
extension Texts {
    static func notThere(_ button: String) -> String { "“\(button)” can't be done here now" }
    static let isAnotherOrNobody =
        "It depends on whether somebody is one with another customer, and is not for those who are erased."

    static let isSeenIn = "The same person as, and seen in,"
    static func customerRecord(_ id: Int64) -> String { "Customer \(id)" }
    static let joined = "The same person, on record a second time, is"
    static func thatIs(_ who: String) -> String { "The other one is \(who)." }
    static let perhapsTheSame = "Perhaps on record a second time: the same number or address"
    static let needs = "To mind"
    static let onRecordSince = "On record since"
    static let relationship = "Relationship"
    static let everBroken = "A promise to them was missed or broken before"

    static let customerFacts = [
        ("external_id", "Elsewhere"), ("language", "Language"), ("vulnerable_reason", "Particular care, because"),
    ]

    /// What there is of somebody, in numbers.
    static func customerFigures(_ customer: JSONValue) -> [[String: Any]] {
        let cases = customer["cases"]
        return [
            (customer["unsettled_promises"], "open promises"), (cases["open"], "open cases"),
            (cases["resolved"], "resolved"), (cases["closed"], "closed"),
        ].map { ["count": $0.0.integer ?? 0, "name": $0.1] }
    }

    static let actionsWithCustomer = [
        "customer-edit": "Change what is on record", "customer-merge": "They are on record twice",
        "customer-unmerge": "They are two people after all",
    ]

    /// What there is to know before a form is sent.
    static func customerHint(_ form: String) -> String {
        [
            "customer-edit": "It holds for all of their cases. What you empty is taken away.",
            "customer-merge": """
            From then on they are seen in the other one, and what is asked of either is answered of both. No case is \
            changed, and it can be taken back.
            """,
            "customer-unmerge":
                "They are seen as themselves again, with their cases. Both steps stay in what happened.",
        ][form] ?? ""
    }

    static func inheritsFrom(_ others: [String]) -> String {
        "What is empty here is shown as it is known of \(others.joined(separator: ", ")), who is the same person: to be rid of it, write "
            + "another one, or say on that page that they are two people after all."
    }
    static func isInherited(_ fields: [String]) -> String {
        "It is taken away here, but there is one of somebody who is the same person, which is shown instead: "
            + "\(fields.joined(separator: ", ")). Write another one, or say on their page that they are two people after all."
    }

    /// What a form of a customer's record has just done; nil for a word that stands for nothing.
    static func doneWithCustomer(_ word: String) -> String? {
        [
            "customer-edit": "It is changed on record.", "customer-merge": "They are seen as one from now on.",
            "customer-unmerge": "They are two again.",
        ][word]
    }
}
