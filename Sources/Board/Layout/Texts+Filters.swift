import CaseAPI
import Complaints

/// By what lists are narrowed down.
extension Texts {
    static let filters = "Narrow down"
    static let furtherFilters = "By other things"
    static let narrowedTo = "Only:"
    static let asTable = "All of it, for a spreadsheet (CSV)"
    static let apply = "Show"
    static let clear = "Show all"

    /// What each is called, by its name in the API.
    static let filterNames: [String: String] = [
        "accepted": "Customer content", "accountable": "Counts for", "as_of": "As of", "by": "Promised by",
        "case_id": "Number of the case", "category": "Category", "channel": "Came by",
        "customer": "Telephone or e-mail of the customer", "customer_id": "Number of the customer",
        "due_after": "Due on or after", "due_before": "Due before", "due_soon": "Due soon",
        "external_id": "Key in another system", "in_absence": "Due while its owner is away", "kind": "Kind",
        "mood": "Mood", "outcome": "Outcome", "overdue": "Something overdue", "owner": "Owner", "q": "Words",
        "regime": "Regime", "resolved_after": "Resolved on or after", "resolved_before": "Resolved before",
        "severity": "Severity", "silent": "Nothing promised", "slips_min": "Moved at least so often",
        "sort": "In which order", "state": "State", "status": "Status", "tag": "Tag", "team": "Team",
        "to": "Promised to",
        "unaccepted": "Not accepted yet", "unheard_for": "Heard nothing for", "unowned": "Without an owner",
        "updated_after": "Changed on or after", "vulnerable": "To be treated with particular care",
        "waiting_on_customer": "Waits for the customer", "tz": "Days by the clocks of",
        "allow_unknown": "Names that are on no record, too",
    ]

    /// What there is to say of some besides.
    private static let filterHints: [String: String] = [
        "unheard_for": "5 days, or 1 week.", "due_before": "That day is left out.",
        "resolved_before": "That day is left out.",
    ]

    static func filter(_ name: String) -> String { filterNames[name] ?? word(name) }

    /// The same of what an address has, which may be anything.
    static func parameter(_ name: String) -> String { filterNames.first { $0.key.isExactly(name) }?.value ?? name }

    static func filterHint(_ name: String) -> String? { filterHints[name] }

    /// What stands beside the owner, where what nobody has can be asked for.
    static let orNobody = "Or \(nobody)."

    /// A filter with its value.
    static func narrowed(_ filter: String, _ value: String) -> String { "\(filter): \(value)" }

    /// What somebody asked for, in words.
    static func value(_ value: String, of name: String, _ kind: ListFilter.Kind) -> String {
        switch kind {
        case .flag: value.isExactly("true") ? yes : value.isExactly("false") ? no : value
        case .duration: duration(value)
        case .word, .words:
            value.split(separator: ",").map { option(String($0), of: name) }.joined(separator: or)
        case .line, .number, .day, .asOf: value
        }
    }

    private static let or = " or "

    private static let options: [String: [String: String]] = [
        "by": ["desk": "the desk", "customer": "the customer", "any": "anybody"],
        "to": ["customer": "the customer", "us": "us", "any": "anybody"],
        "sort": [
            "due_at": "due first", "-due_at": "due last", "opened_at": "oldest first", "-opened_at": "newest first",
            "next_due_at": "due first",
        ],
        "outcome": ["none": "nobody said"],
    ]

    /// A word of a closed set that a list can be narrowed down to.
    static func option(_ word: String, of name: String) -> String {
        if let said = options[name]?.first(where: { $0.key.isExactly(word) })?.value { return said }
        let known =
            switch name {
            case "state": state(word)
            case "kind": queueKind(word)
            default: ""
            }
        return known.isEmpty ? Texts.word(word) : known
    }
}
