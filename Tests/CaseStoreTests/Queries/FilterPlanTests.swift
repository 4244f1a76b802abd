import Complaints
import Testing

@testable import CaseStore

/// Every filter by itself and every two of them together, in every order, on first and further pages, as of now and
/// as of an earlier instant: which index is walked, and that nothing is sorted that grows with the record.
@Suite("Query plans of all filters")
struct FilterPlanTests {
    /// A way to set a filter.
    private struct Setting<Filter: Sendable>: Sendable {
        let name: String
        let apply: @Sendable (inout Filter) -> Void

        init(_ name: String, _ apply: @escaping @Sendable (inout Filter) -> Void) {
            self.name = name
            self.apply = apply
        }
    }

    /// No setting, each one, and each two.
    private func combinations<Filter>(_ settings: [Setting<Filter>], _ empty: Filter) -> [(name: String, Filter)] {
        var combinations = [("none", empty)]
        for (index, first) in settings.enumerated() {
            var one = empty
            first.apply(&one)
            combinations.append((first.name, one))
            for second in settings[(index + 1)...] {
                var two = one
                second.apply(&two)
                combinations.append(("\(first.name) \(second.name)", two))
            }
        }
        return combinations
    }

    /// The properties that settings change, whatever they are called: those of the filter itself are the registry.
    private func changed<Filter>(by settings: [Setting<Filter>], _ empty: Filter) -> Set<String> {
        let before = Array(Mirror(reflecting: empty).children)
        var changed: Set<String> = []
        for setting in settings {
            var filter = empty
            setting.apply(&filter)
            for (old, new) in zip(before, Mirror(reflecting: filter).children)
            where String(describing: old.value) != String(describing: new.value) {
                changed.insert(new.label ?? "")
            }
        }
        return changed
    }

    private func properties<Filter>(of filter: Filter) -> Set<String> {
        Set(Mirror(reflecting: filter).children.compactMap(\.label))
    }

    @Test("every filter is set, and each list is looked at in every order")
    func complete() {
        let promises = changed(by: Self.promiseSettings, PromiseFilter())
        #expect(properties(of: PromiseFilter()).subtracting(promises) == ["order"])
        let cases = changed(by: Self.caseSettings, CaseFilter())
        #expect(properties(of: CaseFilter()).subtracting(cases) == ["order"])
    }

    private static let promiseSettings: [Setting<PromiseFilter>] =
        PromiseState.allCases.map { state in Setting("state=\(state)") { $0.states.insert(state) } } + [
            Setting("owner") { $0.owner = "Anna" }, Setting("accountable") { $0.accountable = "Anna" },
            Setting("unowned") { $0.unowned = true },
            Setting("unowned=false") { $0.unowned = false },
            Setting("team") { $0.team = "Billing" }, Setting("kind") { $0.kinds = [.callback] },
            Setting("kinds") { $0.kinds = [.callback, .update] },
            Setting("by=customer") { ($0.by, $0.to) = (.customer, .us) }, Setting("by=any") { $0.by = nil },
            Setting("to=any") { $0.to = nil }, Setting("case_id") { $0.caseID = 1 },
            Setting("customer_id") { $0.customerID = 1 }, Setting("category") { $0.category = "Water" },
            Setting("phone") { $0.contact = CustomerContact("020 7946 0123") },
            Setting("email") { $0.contact = CustomerContact("jan@roth.example") },
            Setting("tag") { $0.tags = ["vip"] },
            Setting("severity") { $0.severities = [.high] }, Setting("severities") { $0.severities = [.high, .low] },
            Setting("due_before") { $0.dueBefore = TestClock.start },
            Setting("due_after") { $0.dueAfter = TestClock.start }, Setting("slips_min") { $0.slipsMin = 2 },
            Setting("due_soon") { $0.dueSoon = true }, Setting("due_soon=false") { $0.dueSoon = false },
            Setting("in_absence") { $0.inAbsence = true }, Setting("in_absence=false") { $0.inAbsence = false },
            Setting("unaccepted") { $0.unaccepted = true }, Setting("unaccepted=false") { $0.unaccepted = false },
        ]

    @Test("promises", arguments: [false, true])
    func promises(past: Bool) throws {
        let statements = try PlannedStatements()
        let key = PageKey(value: TestClock.start.milliseconds, id: 1)
        var looked = 0
        for (name, filter) in combinations(Self.promiseSettings, PromiseFilter()) {
            for (order, after) in PromiseFilter.Order.allCases.flatMap({ Self.pages(in: $0, key) }) {
                var filter = filter
                filter.order = order
                let plans = try statements.of(past: past) {
                    _ = try $0.promises(filter, PageRequest(limit: 50, after: after))
                }
                looked += plans.count
                for plan in plans { try check(plan, filter, past: past, "\(name) \(order) \(plan)") }
            }
        }
        #expect(looked > 1500, "the statements were seen")
    }

    /// The first page in an order, and a further one.
    private static func pages<Order>(in order: Order, _ key: PageKey) -> [(Order, PageKey?)] {
        [(order, nil), (order, key)]
    }

    private func check(
        _ plan: PlannedStatements.Planned, _ filter: PromiseFilter, past: Bool, _ comment: @autoclosure () -> String
    ) throws {
        // Whether a customer is one with others is looked up first, by their key.
        if plan.steps.allSatisfy({ $0 == "SEARCH u USING INTEGER PRIMARY KEY (rowid=?)" }) { return }
        // Who is away, and by whose days, is looked up first, of all that the desk has.
        let isLookup = ["FROM owner WHERE", "FROM calendar c JOIN"].contains { plan.sql.contains($0) }
        if filter.inAbsence != nil, isLookup { return }
        let found = Set(plan.indexes(of: "p"))
        let isOfFew = filter.caseID != nil || filter.customerID != nil || filter.contact != nil
        let isUnsettled =
            filter.dueSoon == true || filter.unaccepted == true || filter.inAbsence == true
            || (!filter.states.isEmpty && filter.states.isSubset(of: [.open, .overdue]))
        var allowed: Set<String> = ["promise_by_due_at"]
        if isOfFew {
            allowed = ["promise_by_case"]
        } else if isUnsettled {
            allowed = ["promise_unsettled"]
            if past {
                allowed.formUnion(["promise_settled_late", "promise_by_due_at", "USING INTEGER PRIMARY KEY (rowid=?)"])
            }
        }
        try #require(!found.isEmpty && found.isSubset(of: allowed), "\(comment())")
        // Walking all of it is only for lists of all of it, and then in the list's order.
        let isOfAll = !isOfFew && !isUnsettled
        let hasList = filter.contact != nil || filter.inAbsence != nil
        for scan in plan.scans where !hasList || !scan.contains("VIRTUAL TABLE INDEX") {
            try #require(
                isOfAll && scan.hasPrefix("SCAN p USING") && scan.hasSuffix("INDEX promise_by_due_at"), "\(comment())")
        }
        // What may be sorted: a case's, a customer's, what is unsettled, and what was settled since.
        if isOfAll { try #require(!plan.sorts, "\(comment())") }
        if isUnsettled, !isOfFew, !past, filter.by != nil, filter.to != nil {
            try #require(!plan.sorts, "\(comment())")
        }
    }

    private static let caseSettings: [Setting<CaseFilter>] = [
        Setting("status=open") { $0.statuses = [.open] }, Setting("status=resolved") { $0.statuses = [.resolved] },
        Setting("status=closed") { $0.statuses = [.closed] },
        Setting("status=open,resolved") { $0.statuses = [.open, .resolved] },
        Setting("overdue") { $0.overdue = true }, Setting("overdue=false") { $0.overdue = false },
        Setting("silent") { $0.silent = true }, Setting("silent=false") { $0.silent = false },
        Setting("waiting_on_customer") { $0.waitingOnCustomer = true },
        Setting("waiting_on_customer=false") { $0.waitingOnCustomer = false },
        Setting("accepted") { $0.accepted = true }, Setting("accepted=false") { $0.accepted = false },
        Setting("outcome") { $0.outcomes = [.found(.upheld)] }, Setting("vulnerable") { $0.vulnerable = true },
        Setting("vulnerable=false") { $0.vulnerable = false },
        Setting("unowned") { $0.unowned = true }, Setting("unowned=false") { $0.unowned = false },
        Setting("owner") { $0.owner = "Anna" },
        Setting("team") { $0.team = "Billing" }, Setting("customer_id") { $0.customerID = 1 },
        Setting("regime") { $0.regime = "lgsco" }, Setting("category") { $0.category = "Water" },
        Setting("tag") { $0.tags = ["vip", "red"] },
        Setting("severity") { $0.severities = [.high] },
        Setting("moods") { $0.moods = [.angry, .upset] }, Setting("channel") { $0.channels = [.phone] },
        Setting("phone") { $0.contact = CustomerContact("020 7946 0123") },
        Setting("email") { $0.contact = CustomerContact("jan@roth.example") },
        Setting("q") { $0.search = SearchQuery("drips") }, Setting("q of two") { $0.search = SearchQuery("drips Ida") },
        Setting("external_id") { $0.externalID = "K-1" },
        Setting("updated_after") { $0.updatedAfter = TestClock.start },
        Setting("resolved_after") { $0.resolvedAfter = TestClock.start },
        Setting("resolved_before") { $0.resolvedBefore = TestClock.start },
    ]

    @Test("cases", arguments: [false, true])
    func cases(past: Bool) throws {
        let statements = try PlannedStatements()
        let places = [nil, PageKey(value: TestClock.start.milliseconds, id: 1), PageKey(value: nil, id: 1)]
        var looked = 0
        for (name, filter) in combinations(Self.caseSettings, CaseFilter()) {
            for order in CaseFilter.Order.allCases {
                for after in order == .nextDueAt ? places : Array(places[0...1]) {
                    var filter = filter
                    filter.order = order
                    // What belongs to the cases of a page is looked up by their ids.
                    let plans = try statements.of(past: past) {
                        _ = try $0.cases(filter, PageRequest(limit: 50, after: after))
                    }.filter { $0.sql.contains("complaint_case c") }
                    looked += plans.count
                    for plan in plans { try check(plan, filter, past: past, "\(name) \(order) \(plan)") }
                }
            }
        }
        #expect(looked > 1500, "the statements were seen")
    }

    private func check(
        _ plan: PlannedStatements.Planned, _ filter: CaseFilter, past: Bool, _ comment: @autoclosure () -> String
    ) throws {
        let isOfFew =
            filter.externalID != nil || filter.customerID != nil || filter.overdue == true || filter.search != nil
            || filter.contact != nil || filter.resolvedAfter != nil
        let asksForOpen = filter.silent == true || filter.waitingOnCustomer == true
        let isOfOpen = !past && (filter.statuses == [.open] || asksForOpen)
        /// A list by next due instants goes by promises first, and then by id through the cases without one.
        let isByPromise = plan.sql.contains("ORDER BY p.due_at, c.id")
        let isByID = plan.sql.contains("ORDER BY c.id")
        // In whose name an address stands as the contact is looked up besides, by id.
        let isByAddress = if case .email = filter.contact { true } else { false }
        let found = plan.indexes(of: "c").dropLast(isByAddress ? 1 : 0)
        let expected: [String] =
            if isByPromise || plan.sql.contains(":found") {
                // What a search has found is looked up.
                ["USING INTEGER PRIMARY KEY (rowid=?)"]
            } else if filter.externalID != nil {
                [past ? "USING INTEGER PRIMARY KEY (rowid=?)" : "complaint_case_by_external_id"]
            } else if filter.customerID != nil {
                ["complaint_case_by_customer"]
            } else if isOfFew {
                ["USING INTEGER PRIMARY KEY (rowid=?)"]
            } else if isOfOpen {
                ["complaint_case_open"]
            } else if isByID {
                []
            } else {
                ["complaint_case_by_opened_at"]
            }
        if isByID, !isOfFew, !isOfOpen {
            try #require(
                plan.steps.contains { $0 == "SCAN c" || $0.hasPrefix("SEARCH c USING INTEGER PRIMARY KEY") },
                "\(comment())")
        } else {
            try #require(Array(found) == expected, "\(comment())")
        }
        for scan in plan.scans
        where !scan.contains("VIRTUAL TABLE INDEX 0:M") && !scan.hasPrefix("SCAN json_each VIRTUAL TABLE")
            // Which has those alone who are asked for.
            && !scan.contains("INDEX customer_vulnerable")
        {
            let isInOrder = ["SCAN c USING INDEX", "SCAN c USING COVERING INDEX"].contains { scan.hasPrefix($0) }
            try #require(!isOfFew && !isByPromise && (isInOrder || (isByID && scan == "SCAN c")), "\(comment())")
        }
        if !isOfFew, !(isByID && isOfOpen) { try #require(!plan.sorts, "\(comment())") }
        // Whatever asks for a case's promises has them by case.
        for index in plan.indexes(of: "p") where !isByPromise {
            try #require(
                ["promise_by_case", "promise_unsettled", "promise_settled_late"].contains(index), "\(comment())")
        }
    }
}
