import Complaints
import Testing

@testable import CaseStore

@Suite("Counting a list")
struct CountingTests {
    /// Each row has to be looked at.
    private static let filter = {
        var filter = CaseFilter()
        filter.severities = [.normal, .low]
        return filter
    }()

    @Test("ends where it would take too much work, and says so")
    func ends() throws {
        let desk = try Desk()
        for _ in 0..<300 { try desk.open() }
        try desk.reader.read { transaction in
            let page = try transaction.cases(Self.filter, PageRequest(limit: 2))
            #expect(page.total == 300)
            #expect(!page.totalIsCapped)
        }
        try desk.reader.read { transaction in
            transaction.countingLimit = 1000
            let page = try transaction.cases(Self.filter, PageRequest(limit: 2))
            #expect(page.items.count == 2)
            #expect(page.totalIsCapped)
            let total = try #require(page.total)
            #expect((1..<300).contains(total))
            #expect(try transaction.promises(.overdue, PageRequest(limit: 2)).total == 0)
        }
    }

    @Test("is work that a limit of the whole read counts too")
    func outerLimit() throws {
        let desk = try Desk()
        for _ in 0..<300 { try desk.open() }
        let error = #expect(throws: StoreError.self) {
            try desk.reader.read(workLimit: 1000) { try $0.cases(Self.filter, PageRequest(limit: 2)).total }
        }
        if case .tooMuchWork = error {} else { Issue.record("it failed with \(String(describing: error))") }
    }
}
