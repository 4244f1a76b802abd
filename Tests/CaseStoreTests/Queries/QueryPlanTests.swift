import Complaints
import GRDB
import Testing

@testable import CaseStore

/// What every list costs as the record grows is decided by its plan.
@Suite("Query plans")
struct QueryPlanTests {
    /// The plans of the statements that `body` runs, one line a step.
    private func plans(_ body: (ReadTransaction) throws -> Void) throws -> [[String]] {
        let desk = try Desk()
        var history = RandomHistory(desk, seed: 5)
        for _ in 0..<20 { try history.work() }
        let connection = try Connection.open(path: desk.store.path, readonly: true, options: StoreOptions())
        return try connection.inDatabase { db in
            var statements: [String] = []
            db.trace { event in
                if case .statement(let statement) = event { statements.append(statement.expandedSQL) }
            }
            let asOf = try ClockRow.stamp(db)
            try body(
                ReadTransaction(db, names: NameBook(), statements: StatementCache(), asOf: asOf, committed: asOf))
            db.trace(options: [])
            // GRDB's own looks at the schema, and the looking up of names, are no lists.
            let listed = statements.filter {
                $0.hasPrefix("SELECT") && !$0.contains("FROM clock") && !$0.contains("SELECT spelling")
            }
            return try listed.map { sql in
                try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql).map { $0["detail"] as String }
            }
        }
    }

    /// The steps that walk a whole table, or sort what they have found.
    private func scans(_ plans: [[String]]) -> [String] {
        // What belongs to a page's own ids, which are bound as one list, is little enough to be sorted.
        plans.filter { !isOfPage($0) }.joined().filter {
            ($0.hasPrefix("SCAN") && !$0.hasPrefix("SCAN (subquery")) || $0.contains("TEMP B-TREE")
        }
    }

    private func isOfPage(_ plan: [String]) -> Bool { plan.contains { $0.contains("json_each") } }

    @Test("the overdue list walks the unsettled promises in the order of their due instants, and nothing else")
    func overdue() throws {
        var filter = PromiseFilter()
        filter.states = [.overdue]
        let key = PageKey(value: TestClock.start.milliseconds, id: 1)
        for request in [PageRequest(limit: 50), PageRequest(limit: 50, after: key)] {
            let plans = try plans { _ = try $0.promises(filter, request) }
            #expect(plans.count == 2, "the count and the page")
            #expect(scans(plans) == [])
            for plan in plans {
                #expect(plan.contains { $0.contains("SEARCH p USING INDEX promise_unsettled (due_at") }, "\(plan)")
            }
        }
    }

    @Test("the overdue are counted on the same index")
    func overdueCount() throws {
        let plans = try plans { _ = try $0.overdueCount(upTo: 100) }
        #expect(plans.count == 1)
        #expect(scans(plans) == [])
        #expect(plans.joined().contains { $0.contains("SEARCH p USING INDEX promise_unsettled (due_at<?)") })
    }

    @Test("what belongs to one case, customer or promise is looked up, not looked for")
    func lookups() throws {
        var ofCase = PromiseFilter()
        ofCase.caseID = 1
        (ofCase.by, ofCase.to) = (nil, nil)
        let plans = try plans { transaction in
            _ = try transaction.caseFile(1)
            _ = try transaction.promise(1)
            _ = try transaction.log(ofCase: 1, PageRequest(limit: 50))
            _ = try transaction.logEntry(ofCase: 1, seq: 1)
            _ = try transaction.customer(1)
            _ = try transaction.logHead()
        }
        #expect(plans.count >= 8)
        #expect(scans(plans).filter { $0 != "SCAN case_log" } == [], "the head is the last row of the log")
    }

    @Test("the lists of cases and promises walk an index in their order")
    func inOrder() throws {
        var openCases = CaseFilter()
        openCases.statuses = [.open]
        for order in [CaseFilter.Order.openedAt, .openedAtDescending] {
            openCases.order = order
            let plans = try plans { _ = try $0.cases(openCases, PageRequest(limit: 50, counts: false)) }
            #expect(
                plans.joined().contains { $0.hasPrefix("SCAN c USING INDEX complaint_case_by_opened_at") }, "\(plans)")
            #expect(scans(plans).allSatisfy { $0.hasPrefix("SCAN c USING INDEX") }, "\(plans)")
        }
        for order in [PromiseFilter.Order.dueAt, .dueAtDescending] {
            var kept = PromiseFilter()
            (kept.states, kept.order) = ([.kept], order)
            let plans = try plans { _ = try $0.promises(kept, PageRequest(limit: 50, counts: false)) }
            #expect(plans.joined().contains { $0.contains("p USING INDEX promise_by_due_at") }, "\(plans)")
            #expect(scans(plans).allSatisfy { $0.hasPrefix("SCAN p USING INDEX") }, "\(plans)")
        }
    }

    @Test("a customer's cases are found by the customer")
    func customersCases() throws {
        var filter = CaseFilter()
        filter.customerID = 1
        let plans = try plans { _ = try $0.cases(filter, PageRequest(limit: 50)) }
        let steps = plans.joined().filter { $0.contains(" c USING") }
        #expect(steps.count == 2)
        #expect(steps.allSatisfy { $0.contains("complaint_case_by_customer (customer_id=?)") }, "\(steps)")
    }
}
