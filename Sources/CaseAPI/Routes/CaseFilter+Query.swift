import CaseStore
import Complaints

extension CaseFilter {
    /// The orders of `GET /v1/cases`.
    enum Sort: String, Vocabulary {
        case openedAt = "opened_at"
        case openedAtDescending = "-opened_at"
        case nextDueAt = "next_due_at"

        var order: Order {
            switch self {
            case .openedAt: .openedAt
            case .openedAtDescending: .openedAtDescending
            case .nextDueAt: .nextDueAt
            }
        }
    }

    /// The filters of `GET /v1/cases`.
    init(_ query: inout QueryReader) {
        self.init(ofCustomer: &query)
        customerID = query.customerID()
        contact = query.customer()
        vulnerable = query.vulnerable()
    }

    /// The same where the path says whose cases they are.
    init(ofCustomer query: inout QueryReader) {
        self.init()
        statuses = query.words("status", "Any of these.", example: [.open])
        overdue = query.flag("overdue", "With, or without, an overdue promise to the customer.")
        silent = query.flag("silent", "Open without an unsettled promise to the customer, or not.")
        waitingOnCustomer = query.flag(
            "waiting_on_customer", "Open, and the customer has promised something that is not done, or not.")
        accepted = query.flag(
            "accepted", "Resolved, and the customer said that they are, or are not, content with it.")
        outcomes = query.words(
            "outcome", "Resolved, and any of these was found; none where nobody said.",
            example: [.found(.upheld), .found(.partlyUpheld)])
        owner = query.name("owner", as: .owner, "Who handles it.", example: "Kim")
        unowned = query.unowned(besides: owner, "Those that nobody handles, or that somebody does")
        team = query.name("team", as: .team, "The team it is with.", example: "North")
        category = query.name("category", as: .category, "What it is about.", example: "Kettles")
        regime = query.regime("The regime it is under.")
        tags = query.tags("One of its tags.")
        severities = query.words("severity", "Any of these.", example: [.normal, .high])
        moods = query.words("mood", "Any of these.", example: [.calm])
        channels = query.words("channel", "Any of these.", example: [.other, .phone])
        search = query.search("A number finds the case of that id, before all others.")
        externalID = query.externalID()
        resolvedAfter = query.instantOrDay(
            "resolved_after", "Resolved last at or after that instant, or on that day or later, and not open since.")
        resolvedBefore = query.instantOrDay(
            "resolved_before",
            "The same before that instant, which lies after resolved_after, or before that day.",
            example: "2100-01-01T00:00:00Z")
        query.requireRange(resolvedAfter, "resolved_after", resolvedBefore, "resolved_before")
        updatedAfter = query.instantOrDay(
            "updated_after", "Changed after that instant or the beginning of that day, or their customer was.")
        let sort: Sort? = query.word("sort", "Without it, newest first.", example: .nextDueAt)
        if let sort { order = sort.order }
    }
}
