import CaseStore
import Complaints
import DeskSimulation
import Testing

/// A list that finds little must not cost without end where others wait.
@Suite("Work limits")
struct WorkLimitTests {
    private let folder: ScratchFolder
    private let path: String
    private let until: Instant

    init() throws {
        folder = try ScratchFolder()
        path = folder.path("made.db")
        until = try Instant(rfc3339: "2026-06-01T00:00:00Z")
        _ = try DeskPlan(cases: 600, overdue: 50, until: until).make(at: path)
    }

    /// What nobody has: all promises are walked for it.
    private static var nothing: PromiseFilter {
        var filter = PromiseFilter()
        filter.slipsMin = 1000
        return filter
    }

    @Test("a read past its limit is ended, and says so; the next one goes on as ever")
    func ended() throws {
        let reader = try CaseStore.openReader(path: path)
        let request = PageRequest(limit: 10, counts: false)
        for _ in 0..<2 {
            #expect {
                try reader.read(workLimit: 5000) { try $0.promises(Self.nothing, request) }
            } throws: { error in
                if case StoreError.tooMuchWork = error { true } else { false }
            }
            let rows = try reader.read(workLimit: 1_000_000) { try $0.promises(Self.nothing, request) }
            #expect(rows.items.isEmpty)
            #expect(try reader.read { try $0.caseFile(1) } != nil, "without a limit")
        }
    }

    @Test("what an index leads to is done within a limit that the whole table would exceed")
    func within() throws {
        let reader = try CaseStore.openReader(path: path)
        var overdue = PromiseFilter()
        overdue.states = [.overdue]
        let page = try reader.read(asOf: until, workLimit: 20_000) { try $0.promises(overdue, PageRequest(limit: 25)) }
        #expect(page.items.count == 25 && page.total == 50)
    }
}
