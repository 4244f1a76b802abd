import CaseAPI

/// The fields of a new case under the headings by which somebody on the telephone asks for them, in that order. Each field that
/// `POST /v1/cases` takes is in one of them, or among those that a form has no use for.
enum NewCaseGroup: String, CaseIterable, Sendable {
    case who
    case what
    case reach
    case promise
    case sort
    case more

    /// By their names, in the order of the form.
    var fields: [String] {
        switch self {
        case .who: ["customer/name"]
        case .what: ["complaint", "subject", "channel", "received_at", "mood", "desired_outcome"]
        case .reach:
            [
                "customer/phone", "customer/email", "customer/language", "contact/name", "contact/relation",
                "contact/phone",
                "contact/email",
            ]
        case .promise:
            [
                "promise/what", "promise/due_at", "promise/due_in", "promise/due_in_business", "promise/owner",
                "promise/kind",
                "promise/next_step", "promise/customer_notified/channel", "promise/customer_notified/outcome",
                "promise/customer_notified/at",
            ]
        case .sort:
            ["severity", "category", "tags", "owner", "team", "supervisor", "regime", "hard_deadline"]
        case .more:
            [
                "external_id", "estimate/from", "estimate/to", "customer/needs", "customer/vulnerable",
                "customer/vulnerable_reason", "customer/id", "customer/external_id", "customer/update",
                "promise/due_on",
                "promise/at", "promise/channel", "promise/by", "promise/to",
            ]
        }
    }

    /// Fields that the form does not ask for, each with why.
    static let left = [
        (
            name: "promise/concession",
            why: "it is the number of an entry in the case's log, which a new case has none of"
        )
    ]

    /// Whether it is shown only once it is opened, or something in it is typed or wrong.
    var isFolded: Bool { self == .more }
}
