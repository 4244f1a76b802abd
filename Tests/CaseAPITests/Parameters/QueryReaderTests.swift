import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("Parameters")
struct QueryReaderTests {
    private func issues(_ query: String, _ read: (inout QueryReader) -> Void) throws -> [String] {
        var reader = QueryReader(try QueryParameters(query))
        read(&reader)
        return reader.finished().issues.items.map {
            if case .parameter(let name) = $0.place { "\(name) \($0.code)" } else { "?" }
        }
    }

    @Test(
        "everything that is wrong with the filters is said at once",
        arguments: [
            ("", []),
            ("state=open,overdue&kind=callback&by=any&to=any&slips_min=0&sort=-due_at&allow_unknown=true", []),
            ("due_before=2026-03-01T09:00:01+01:00&due_after=2026-03-01T09:00:00%2B01:00", []),
            ("due_before=2026-03-01T09:00:00+01:00&due_after=2026-03-01T08:00:00Z", ["due_before invalid_parameter"]),
            ("state=open,overdu", ["state invalid_value"]),
            ("state=open,", ["state invalid_value"]),
            ("state=", ["state invalid_parameter"]),
            ("state=open&state=kept", ["state invalid_parameter"]),
            ("stat=open", ["stat unknown_parameter"]),
            ("owner=Mia&unowned=true", ["unowned invalid_parameter"]), ("owner=Mia&unowned=false", []),
            ("unowned=yes", ["unowned invalid_value"]),
            (
                "case_id=0&customer_id=x&slips_min=-1",
                ["case_id invalid_value", "customer_id invalid_value", "slips_min invalid_value"]
            ),
            (
                "due_before=2026-02-30&due_after=2026-03-01T09:00:00",
                ["due_before invalid_instant", "due_after missing_offset"]
            ),
            ("by=me&to=them&sort=due", ["by invalid_value", "to invalid_value", "sort invalid_value"]),
            ("allow_unknown=1", ["allow_unknown invalid_value"]),
            ("severity=high,critical&kind=call&zzz=1&zzz=2", ["kind invalid_value", "zzz unknown_parameter"]),
        ])
    func promiseFilters(query: String, expected: [String]) throws {
        #expect(try issues(query) { _ = PromiseFilter(&$0) } == expected)
    }

    @Test(
        "the filters of cases are read as well",
        arguments: [
            (
                "status=open,closed&overdue=true&silent=false&mood=angry&channel=phone,in_person&sort=next_due_at&q=leak",
                []
            ),
            (
                "q=%21%21&overdue=1&status=opened",
                ["status invalid_value", "overdue invalid_value", "q invalid_parameter"]
            ),
            ("updated_after=now&sort=-next_due_at", ["updated_after invalid_instant", "sort invalid_value"]),
        ])
    func caseFilters(query: String, expected: [String]) throws {
        #expect(try issues(query) { _ = CaseFilter(&$0) } == expected)
    }

    @Test("by and to are the desk's and the customer's unless something else is asked for")
    func parties() throws {
        for (query, by, to) in [
            ("", .desk, .customer), ("by=customer", .customer, .us), ("by=any", nil, nil), ("to=us", .desk, .us),
            ("to=any", .desk, nil), ("by=any&to=customer", nil, .customer), ("by=any&to=us", nil, .us),
        ] as [(String, Promiser?, Promisee?)] {
            var reader = QueryReader(try QueryParameters(query))
            let filter = PromiseFilter(&reader)
            #expect(filter.by == by)
            #expect(filter.to == to)
        }
    }

    @Test("the first issue gives the problem its code")
    func code() throws {
        var reader = QueryReader(try QueryParameters("zzz=1&state=x"))
        _ = PromiseFilter(&reader)
        #expect(reader.finished().issues.problem.kind == .invalidParameter)
        reader = QueryReader(try QueryParameters("zzz=1"))
        #expect(reader.finished().issues.problem.kind == .unknownParameter)
    }

    @Test(
        "a name that was mistyped is recognised",
        arguments: [
            ("stat", "state"), ("ownr", "owner"), ("due_befor", "due_before"), ("x", nil), ("zebra", nil),
        ])
    func nearest(name: String, meant: String?) {
        #expect(NearestName.nearest(to: name, among: ["state", "owner", "due_before", "due_after"]) == meant)
    }
}
