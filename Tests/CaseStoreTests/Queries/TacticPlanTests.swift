import Complaints
import Testing

@testable import CaseStore

/// What the reports on tactics and the queue cost as the record grows is decided by their plans.
@Suite("Query plans of the reports on tactics and of the queue")
struct TacticPlanTests {
    private let statements: PlannedStatements

    init() throws {
        statements = try PlannedStatements { desk in
            let file = try desk.open()
            let review = PromiseRequest(what: "Review", due: .after(.days(3)), owner: "Sue", to: .us)
            let requests: [LogRequest] = [
                .threat(.legal, stake: nil, text: nil), .mood(.abusive, why: nil),
                .concession(what: "x", Money(amount: 1, currency: .usDollar)),
                .lesson(LessonRequest(cause: "x", process: "y", review: review)),
                .threat(.other, stake: nil, text: nil),
            ]
            for request in requests {
                try desk.change(file.record.id) { file, policy, now in
                    try file.write(Incoming(request), under: policy, by: Desk.agent, at: now)
                }
            }
        }
    }

    /// The plans of a report on some days, as of now and as of earlier, each grouping.
    private func plans<Grouping: ReportGrouping>(
        _ grouping: Grouping.Type, _ report: (ReadTransaction, ReportRequest<Grouping>) throws -> Void
    ) throws -> [PlannedStatements.Planned] {
        var plans: [PlannedStatements.Planned] = []
        for grouping in Grouping.allCases {
            let request = try #require(
                ReportRequest(from: TestClock.start, to: TestClock.start + .days(900), groupBy: grouping))
            for past in [false, true] { plans += try statements.of(past: past) { try report($0, request) } }
        }
        return plans
    }

    /// Holds the plans to what they may walk: the entries of the range, and what belongs to one case or promise.
    private func check(_ plans: [PlannedStatements.Planned], lookups: [String], by alias: String) throws {
        for plan in plans {
            #expect(plan.scans == [] && !plan.sorts, "\(plan)")
            for index in plan.indexes(of: "l") {
                let isOfRange = plan.sql.contains("INDEXED BY case_log_counted")
                #expect(index == (isOfRange ? "case_log_counted" : "sqlite_autoindex_case_log_1"), "\(plan)")
            }
        }
        #expect(
            plans.contains { plan in
                plan.steps.contains { $0.contains("case_log_counted (kind=? AND recorded_at>? AND recorded_at<?)") }
            })
        for lookup in lookups {
            #expect(plans.contains { $0.indexes(of: alias).contains(lookup) }, "\(lookup) was seen")
        }
    }

    @Test("load: the observations of the range, the promises due in it, what is unsettled, and the logs of hard cases")
    func load() throws {
        let plans = try plans(LoadGrouping.self) { _ = try $0.loadReport($1) }
        try check(plans, lookups: ["sqlite_autoindex_case_log_1"], by: "l")
        let walks: Set = ["promise_by_due_at", "promise_unsettled", "promise_settled_late"]
        #expect(Set(plans.flatMap { $0.indexes(of: "p") }) == walks)
    }

    @Test("causes: the lessons of the range, the promises of their cases, and the reviews")
    func causes() throws {
        let plans = try plans(CauseGrouping.self) { _ = try $0.causeReport($1) }
        try check(plans, lookups: ["promise_by_case", "USING INTEGER PRIMARY KEY (rowid=?)"], by: "p")
    }

    @Test("threats: those of the range, and the logs of their cases")
    func threats() throws {
        let plans = try plans(ThreatGrouping.self) { _ = try $0.threatReport($1) }
        try check(plans, lookups: ["sqlite_autoindex_case_log_1"], by: "l")
    }

    @Test("concessions: those of the range, and what became of each")
    func concessions() throws {
        let plans = try plans(ConcessionGrouping.self) { _ = try $0.concessionReport($1) }
        try check(plans, lookups: ["matter_once"], by: "m")
    }

    @Test("the queue walks the deadlines of open cases in their order, and no other case")
    func deadlines() throws {
        for after in [
            nil,
            QueueRank.all.first { $0.kind == .deadline }.map {
                QueuePlace(rank: $0, since: TestClock.start, id: 1).key
            },
        ] {
            var filter = QueueFilter()
            filter.kinds = [.deadline]
            let plans = try statements.of(past: false) {
                _ = try $0.queue(filter, PageRequest(limit: 50, after: after))
            }
            #expect(!plans.isEmpty)
            for plan in plans {
                #expect(plan.scans == [] && plan.indexes(of: "c") == ["complaint_case_by_hard_deadline"], "\(plan)")
            }
        }
    }

    @Test("the queue walks what waits in the order in which it shows it, and nothing else", arguments: [false, true])
    func queue(past: Bool) throws {
        var filters = [QueueFilter(), QueueFilter(), QueueFilter(), QueueFilter()]
        filters[1].owner = "Anna"
        filters[2].team = "Billing"
        filters[3].owner = "Anna"
        filters[3].team = "Billing"
        // Deadlines are walked by cases, and have a test of their own.
        for rank in QueueRank.all where rank.kind != .deadline {
            let kind = rank.kind
            var expected: Set =
                kind.matter != nil
                ? ["matter_waiting"] : kind == .overdue ? ["promise_unsettled"] : ["promise_unaccepted"]
            // Of several walks each gives its first rows, and then the rows of the page are found by their ids.
            // A step of the ladder is looked at with its promise.
            if past || kind == .overdue || kind == .ladder { expected.insert("USING INTEGER PRIMARY KEY (rowid=?)") }
            // Whether we have promised to check in is looked up in the case of what the customer has missed.
            if kind == .overdue { expected.insert("promise_by_case") }
            if past {
                // What has been settled since by when that was.
                expected.formUnion(
                    kind.matter != nil
                        ? ["matter_settled"]
                        : kind == .overdue ? ["promise_settled_late"] : ["promise_answered", "owner_change_since"])
            }
            for filter in filters {
                for after in [nil, QueuePlace(rank: rank, since: TestClock.start, id: 1).key] {
                    var filter = filter
                    filter.kinds = [kind]
                    // Who is away is read from tables that are as long as a desk has people and calendars.
                    let plans = try statements.of(past: past) {
                        _ = try $0.queue(filter, PageRequest(limit: 50, after: after))
                    }.filter { !$0.sql.contains("FROM owner ") && !$0.sql.contains("FROM calendar ") }
                    let walks = (past ? kind == .acceptance ? 3 : 2 : 1) * (kind == .overdue ? 3 : 1)
                    let ranks = QueueRank.all.count { $0.kind == kind }
                    let pages = after == nil || rank.isSafety ? ranks : 1
                    #expect(plans.count == walks * ranks + pages, "the counts and the page")
                    var walked = Set(plans.flatMap { $0.indexes(of: "m") + $0.indexes(of: "p") + $0.indexes(of: "o") })
                    // Whose promise it was then.
                    walked.remove("owner_change_by_promise")
                    #expect(walked == expected, "\(kind) \(filter)")
                    for plan in plans {
                        let maySort = past || kind == .overdue
                        #expect(plan.scans == [] && (maySort || !plan.sorts), "\(kind) \(filter) \(plan)")
                        let isByCase = plan.indexes(of: "c").allSatisfy { $0.contains("PRIMARY KEY (rowid=?)") }
                        #expect(isByCase, "\(kind) \(filter) \(plan)")
                    }
                }
            }
        }
    }
}
