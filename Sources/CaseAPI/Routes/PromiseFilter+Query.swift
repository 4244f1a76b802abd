import CaseStore
import Complaints

extension PromiseFilter {
    /// The orders of `GET /v1/promises`.
    enum Sort: String, Vocabulary {
        case dueAt = "due_at"
        case dueAtDescending = "-due_at"
    }

    /// `by` and `to` can each be lifted.
    enum By: String, Vocabulary {
        case desk, customer, any
    }

    enum To: String, Vocabulary {
        case customer, us, any
    }

    /// What `slips_min` can be.
    static let slipsRange: ClosedRange<Int64> = 0...1_000_000

    /// The filters of `GET /v1/promises`. Without `by` and `to` it shows what the desk promised to customers; what
    /// a customer promised, was promised to us.
    init(_ query: inout QueryReader) {
        self.init()
        states = query.words("state")
        owner = query.name("owner", as: .owner)
        unowned = query.unowned(besides: owner)
        team = query.name("team", as: .team)
        kinds = query.words("kind")
        let by: By = query.word("by") ?? .desk
        self.by = Promiser(rawValue: by.rawValue)
        let to: To = query.word("to") ?? (by == .customer ? .us : by == .any ? .any : .customer)
        self.to = Promisee(rawValue: to.rawValue)
        caseID = query.integer("case_id", in: 1...Int64.max)
        customerID = query.integer("customer_id", in: 1...Int64.max)
        category = query.name("category", as: .category)
        severities = query.words("severity")
        dueBefore = query.instant("due_before")
        dueAfter = query.instant("due_after")
        dueSoon = query.flag("due_soon") ?? false
        unaccepted = query.flag("unaccepted") ?? false
        slipsMin = query.integer("slips_min", in: Self.slipsRange).map(Int.init)
        let sort: Sort? = query.word("sort")
        order = sort == .dueAtDescending ? .dueAtDescending : .dueAt
    }

    /// Which of the filters look at what can be edited, and therefore at today's values.
    var currentFilters: [String] {
        [
            team == nil ? nil : "team", category == nil ? nil : "category", severities.isEmpty ? nil : "severity",
            dueSoon ? "due_soon" : nil,
        ].compactMap(\.self)
    }
}
