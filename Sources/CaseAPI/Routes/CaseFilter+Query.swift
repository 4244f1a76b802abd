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

    /// The filters of `GET /v1/cases`, without `customer_id` where the path says whose.
    init(_ query: inout QueryReader, customerID: Int64? = nil) {
        self.init()
        statuses = query.words("status")
        overdue = query.flag("overdue")
        silent = query.flag("silent")
        owner = query.name("owner", as: .owner)
        unowned = query.unowned(besides: owner)
        team = query.name("team", as: .team)
        self.customerID = customerID ?? query.integer("customer_id", in: 1...Int64.max)
        category = query.name("category", as: .category)
        severities = query.words("severity")
        moods = query.words("mood")
        channels = query.words("channel")
        search = query.search("q")
        externalID = query.text("external_id")
        updatedAfter = query.instant("updated_after")
        let sort: Sort? = query.word("sort")
        if let sort { order = sort.order }
    }

    /// Which of the filters look at what can be edited, and therefore at today's values.
    var currentFilters: [String] {
        [
            owner == nil && !unowned ? nil : "owner", team == nil ? nil : "team", category == nil ? nil : "category",
            severities.isEmpty ? nil : "severity", moods.isEmpty ? nil : "mood", channels.isEmpty ? nil : "channel",
        ].compactMap(\.self)
    }
}

extension QueryReader {
    /// `unowned=true`, which an owner beside it would contradict.
    mutating func unowned(besides owner: String?) -> Bool {
        let unowned = flag("unowned") ?? false
        if unowned, owner != nil { issue("unowned", "must be left out beside owner.") }
        return unowned
    }

    /// In characters.
    static let searchLimit = 1000

    /// Words to search for.
    mutating func search(_ name: String) -> SearchQuery? {
        guard let text = text(name, limit: Self.searchLimit) else { return nil }
        let search = SearchQuery(text)
        if search == nil {
            issue(name, "must have a letter or a digit in it, and at most \(SearchQuery.termLimit) words.")
        }
        return search
    }
}
