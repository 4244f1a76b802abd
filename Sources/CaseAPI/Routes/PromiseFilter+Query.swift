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
    private static let slipsRange: ClosedRange<Int64> = 0...1_000_000

    /// The filters of `GET /v1/promises`. Without `by` and `to` it shows what the desk promised to customers; what
    /// a customer promised, was promised to us, and what anybody promised, to anybody.
    init(_ query: inout QueryReader) {
        self.init()
        states = query.words("state", "Any of these, as of as_of.", example: [.open, .overdue])
        owner = query.name("owner", as: .owner, "Who has to keep it, as of as_of.", example: "Kim")
        accountable = query.name(
            "accountable", as: .owner, or: .actor, "For whom it counts, as of as_of.", example: "Kim")
        unowned = query.unowned(besides: owner, "Those that nobody has to keep, or that somebody has")
        team = query.name("team", as: .team, "The team of its case.", example: "North")
        kinds = query.words("kind", "Any of these.", example: [.acknowledge, .callback])
        let by: By = query.word("by", "Who made it; without it, desk.", example: .desk) ?? .desk
        self.by = Promiser(rawValue: by.rawValue)
        let to: To? = query.word(
            "to", "To whom; without it, customer, us beside by=customer, and any beside by=any.", example: .customer)
        self.to = Promisee(rawValue: (to ?? (by == .customer ? .us : by == .any ? .any : .customer)).rawValue)
        caseID = query.caseID()
        customerID = query.customerID()
        contact = query.customer()
        category = query.name("category", as: .category, "What its case is about.", example: "Kettles")
        tags = query.tags("One of the tags of its case.")
        severities = query.words("severity", "Any of these, of its case.", example: [.normal])
        // What is due at the end, 24:00, of a day is due on it.
        dueBefore =
            query.rangeEnd(
                "due_before", "Due before that instant, which lies after due_after, or before that day."
            )?.forDues
        dueAfter = query.rangeEnd("due_after", "Due at or after that instant, or on that day or later.")?.forDues
        query.requireRange(dueAfter, "due_after", dueBefore, "due_before")
        dueSoon = query.flag(
            "due_soon", "Open, and due within the warn_ahead of the policy, or not: warns an owner ahead.")
        unaccepted = query.flag("unaccepted", "Those that their owner has yet to accept, or all others.")
        inAbsence = query.flag(
            "in_absence",
            "Not settled, and due while their owner is away or will be, or all others. What was overdue before they went is not "
                + "among them: state=overdue has it.")
        slipsMin = query.integer(
            "slips_min", in: Self.slipsRange, "Whose date has moved at least that often.", example: 0
        ).map(Int.init)
        let sort: Sort? = query.word("sort", "Without it, due_at.", example: .dueAtDescending)
        order = sort == .dueAtDescending ? .dueAtDescending : .dueAt
    }
}
