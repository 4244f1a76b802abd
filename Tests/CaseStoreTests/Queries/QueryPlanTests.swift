import Complaints
import GRDB
import Testing

@testable import CaseStore

/// What every list costs as the record grows is decided by its plan.
@Suite("Query plans")
struct QueryPlanTests {
    @Test("the overdue list walks the unsettled promises in the order of their due instants, and nothing else")
    func overdue() throws {
        let statements = try PlannedStatements()
        let key = PageKey(value: TestClock.start.milliseconds, id: 1)
        for request in [PageRequest(limit: 50), PageRequest(limit: 50, after: key)] {
            let plans = try statements.of { _ = try $0.promises(.overdue, request) }
            #expect(plans.count == 2, "the count and the page")
            #expect(
                plans[0].steps.contains { $0.contains("COVERING INDEX promise_unsettled") }, "no promise is looked at")
            for plan in plans {
                #expect(
                    plan.steps.contains {
                        $0.contains("SEARCH p USING")
                            && $0.contains(
                                "INDEX promise_unsettled (promised_by=? AND promised_to=? AND recorded_at=? AND due_at")
                    }, "\(plan)")
                #expect(plan.scans == [] && !plan.sorts)
            }
        }
    }

    @Test("as of an earlier instant it also walks what was settled late since, and nothing else")
    func historicalOverdue() throws {
        let plans = try PlannedStatements().of(past: true) { _ = try $0.promises(.overdue, PageRequest(limit: 50)) }
        #expect(plans.count == 3, "two counts and the page")
        let steps = plans.flatMap(\.steps)
        for walk in [
            "INDEX promise_unsettled (promised_by=? AND promised_to=? AND recorded_at=? AND due_at<?)",
            "INDEX promise_settled_late (promised_by=? AND promised_to=? AND recorded_at>?)",
        ] {
            #expect(steps.count { $0.contains("SEARCH p USING") && $0.contains(walk) } == 2, "\(steps)")
        }
        #expect(plans.flatMap(\.scans) == [])
    }

    @Test("what is open and presses is counted on indexes that have nothing else, the soonest first")
    func dueFigures() throws {
        let plans = try PlannedStatements().of { _ = try $0.dueFigures(dueWithin: .hours(1), upTo: 100) }
        #expect(plans.count == 3)
        #expect(plans.flatMap { $0.indexes(of: "p") } == ["promise_unsettled", "promise_unaccepted"])
        #expect(plans.flatMap { $0.indexes(of: "c") } == ["complaint_case_open"])
        #expect(plans.allSatisfy { plan in plan.steps.allSatisfy { !$0.contains("TEMP B-TREE") } })
    }

    @Test("what belongs to one case, customer or promise is looked up, not looked for")
    func lookups() throws {
        let plans = try PlannedStatements().of { transaction in
            _ = try transaction.caseFile(1)
            _ = try transaction.promise(1)
            _ = try transaction.log(ofCase: 1, PageRequest(limit: 50))
            _ = try transaction.log(ofCase: 1, PageRequest(limit: 50, after: PageKey(value: nil, id: 1)))
            _ = try transaction.logEntry(ofCase: 1, seq: 1)
            _ = try transaction.customer(1)
            _ = try transaction.customers(externalID: "C-1")
            _ = try transaction.isKnown("Anna", as: .owner)
            _ = try transaction.token(TokenSecret())
            _ = try transaction.logHead()
            _ = try transaction.wasDuplicate(1, of: 2)
            _ = try transaction.calendar("default", version: 1)
            _ = try transaction.regime("ours", version: 1)
        }
        #expect(plans.count >= 11)
        #expect(plans.flatMap(\.scans).filter { $0 != "SCAN case_log" } == [], "the head is the last row of the log")
        #expect(!plans.contains { $0.sorts })
    }

    @Test("the chains of a duplicate are followed promise by promise into other cases")
    func chainsElsewhere() throws {
        var id: Int64 = 0
        let statements = try PlannedStatements { id = try $0.duplicate() }
        let plans = try statements.of { transaction in
            let file = try #require(try transaction.caseFile(id))
            _ = try transaction.promisesElsewhere(of: file)
        }
        #expect(plans.count > 1 && plans.flatMap(\.scans) == [])
    }

    @Test("the log of all cases is walked in its own order, and customers by id or by their words")
    func inOrder() throws {
        let statements = try PlannedStatements()
        var byWords = CustomerFilter()
        byWords.search = SearchQuery("Ida Kern")
        var byEmail = CustomerFilter()
        byEmail.emails = ["jan@roth.example"]
        var byKey = CustomerFilter()
        byKey.externalID = "C-1"
        for after in [nil, PageKey(value: nil, id: 1)] {
            let request = PageRequest(limit: 50, after: after)
            for plan in try statements.of({ _ = try $0.log(request) }) {
                #expect(plan.indexes(of: "l").allSatisfy { $0.hasPrefix("USING INTEGER PRIMARY KEY") }, "\(plan)")
                #expect(!plan.sorts, "\(plan)")
            }
            for plan in try statements.of({ _ = try $0.customers(CustomerFilter(), request) }) {
                #expect(!plan.sorts, "\(plan)")
            }
            for filter in [byWords, byEmail, byKey] {
                for plan in try statements.of({ _ = try $0.customers(filter, request) }) {
                    #expect(plan.scans.allSatisfy { $0.hasPrefix("SCAN t VIRTUAL TABLE") }, "\(plan)")
                    #expect(plan.steps.contains { $0.hasPrefix("SEARCH u USING") }, "\(plan)")
                }
            }
        }
    }

    @Test("what there is of a customer is found by their cases, without a look at others", arguments: [false, true])
    func customers(past: Bool) throws {
        let statements = try PlannedStatements()
        var filter = EntryFilter()
        (filter.kinds, filter.actor, filter.since) = ([.note], "Anna", TestClock.start)
        let plans = try statements.of(past: past) { [filter] transaction in
            for after in [nil, PageKey(value: nil, id: 1)] {
                for newestFirst in [false, true] {
                    _ = try transaction.log(
                        ofCustomer: 1, filter, newestFirst: newestFirst, PageRequest(limit: 50, after: after))
                }
            }
            _ = try transaction.customerRecord(1)
        }
        #expect(plans.count >= 11)
        for plan in plans {
            #expect(plan.scans == [], "\(plan)")
            #expect(plan.indexes(of: "c").allSatisfy { $0 == "complaint_case_by_customer" }, "\(plan)")
            #expect(plan.indexes(of: "p").allSatisfy { $0 == "promise_by_case" }, "\(plan)")
        }
        var erased = CustomerFilter()
        erased.erased = true
        for plan in try statements.of({ _ = try $0.customers(erased, PageRequest(limit: 50)) }) {
            #expect(plan.indexes(of: "u") == ["customer_erased"] && !plan.sorts, "\(plan)")
        }
    }

    @Test("what there is of several customers who are one is found by their cases, too", arguments: [false, true])
    func people(past: Bool) throws {
        let statements = try PlannedStatements(Self.mergeThree)
        var (cases, promises) = (CaseFilter(), PromiseFilter())
        let plans = try statements.of(past: past) { transaction in
            let id = try #require(try transaction.customers(CustomerFilter(), PageRequest(limit: 500)).items.last?.id)
            (cases.customerID, promises.customerID) = (id, id)
            _ = try transaction.cases(cases, PageRequest(limit: 50))
            _ = try transaction.promises(promises, PageRequest(limit: 50))
            _ = try transaction.log(ofCustomer: id, EntryFilter(), newestFirst: true, PageRequest(limit: 50))
            _ = try transaction.customerRecord(id)
        }
        for plan in plans where plan.sql.contains("customer_id") {
            #expect(plan.scans.allSatisfy { $0.hasPrefix("SCAN json_each") }, "\(plan)")
            #expect(
                plan.indexes(of: "c").allSatisfy {
                    $0 == "complaint_case_by_customer" || $0.hasPrefix("USING INTEGER")
                }, "\(plan)")
        }
        #expect(plans.contains { $0.sql.contains(":customer_id") })
    }

    @Test("a search, and who calls, of customers who are one walks through nobody else", arguments: [false, true])
    func foundPeople(past: Bool) throws {
        let statements = try PlannedStatements(Self.mergeThree)
        var (searched, called, owed) = (CaseFilter(), CaseFilter(), PromiseFilter())
        searched.search = SearchQuery("ida")
        called.contact = CustomerContact("020 7946 0123")
        owed.contact = CustomerContact("jan@roth.example")
        let plans = try statements.of(past: past) { [searched, called, owed] transaction in
            _ = try transaction.cases(searched, PageRequest(limit: 50))
            _ = try transaction.cases(called, PageRequest(limit: 50))
            _ = try transaction.promises(owed, PageRequest(limit: 50))
        }
        let people = plans.filter { $0.sql.contains("RECURSIVE down") }
        #expect(people.count >= 3)
        for plan in people {
            let ofTables = plan.scans.filter {
                !$0.contains("VIRTUAL TABLE INDEX 0:M") && $0 != "SCAN down" && $0 != "SCAN up"
            }
            #expect(ofTables == [], "\(plan)")
        }
    }

    /// Three customers who are one.
    private static func mergeThree(_ desk: Desk) throws {
        let ids = try (0...2).map { try desk.open(.plain(customer: "Ida \($0)")).record.customerID }
        for (one, other) in [(ids[0], ids[1]), (ids[1], ids[2])] {
            try desk.store.write { transaction in
                let command = CustomerCommand.merge(
                    customer: one, Incoming(MergeRequest(into: other, reason: "They are one")))
                guard let subject = try transaction.subject(of: command) else { throw NotThere() }
                _ = try transaction.perform(command, on: subject, by: Desk.manager)
            }
        }
    }

    @Test(
        "a report walks the promises that are due in its range, and those that were first",
        arguments: PromiseGrouping.allCases)
    func reports(groupBy: PromiseGrouping) throws {
        let request = try #require(
            PromiseReportRequest(from: TestClock.start, to: TestClock.start + .days(30), groupBy: groupBy))
        for past in [false, true] {
            let plans = try PlannedStatements().of(past: past) { _ = try $0.promiseReport(request) }
            #expect(plans.count == 2)
            for (plan, index) in zip(plans, ["promise_by_due_at", "promise_by_original_due_at"]) {
                #expect(plan.indexes(of: "p") == [index], "\(plan)")
                #expect(plan.scans == [] && !plan.sorts, "\(plan)")
            }
        }
    }
}
