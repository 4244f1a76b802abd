import CaseStore
import Complaints
import DeskSimulation
import Foundation
import GRDB
import Testing

/// The benchmarks are only as good as the data they run on.
@Suite("Made-up histories")
struct DeskSimulationTests {
    private static let until = try? Instant(rfc3339: "2026-06-01T00:00:00Z")

    private func plan(cases: Int = 400, seed: UInt64 = 1) throws -> DeskPlan {
        DeskPlan(cases: cases, overdue: cases / 16, until: try #require(Self.until), seed: seed)
    }

    @Test("one passes verification and has every state, every status, and as many overdue as were asked for")
    func realistic() throws {
        let folder = try ScratchFolder()
        let path = folder.path("made.db")
        let plan = try plan()
        let figures = try plan.make(at: path)
        let reader = try CaseStore.openReader(path: path)
        #expect(try reader.verify().findings == [])
        let now = try #require(Self.until)
        for instant in [now, now + DeskPlan.quiet] {
            try reader.read(asOf: instant) { transaction in
                var filter = PromiseFilter()
                for state in PromiseState.allCases {
                    filter.states = [state]
                    let total = try #require(try transaction.promises(filter, PageRequest(limit: 1)).total)
                    #expect(state == .overdue ? total == 25 : total > 0, "\(state): \(total)")
                }
                var cases = CaseFilter()
                #expect(try transaction.cases(cases, PageRequest(limit: 1)).total == 400)
                for status in CaseStatus.allCases {
                    cases.statuses = [status]
                    #expect(try transaction.cases(cases, PageRequest(limit: 1)).total ?? 0 > 0, "\(status)")
                }
            }
        }
        let promises = try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM promise") }
        #expect(promises == figures.promises)
        #expect(figures.promises > 2 * figures.cases)
    }

    @Test("the same plan makes the same log, another seed another one; and its indexes and triggers are all there")
    func repeatable() throws {
        let folder = try ScratchFolder()
        var heads: [String?] = []
        for (index, seed) in [UInt64(1), 1, 2].enumerated() {
            let path = folder.path("made\(index).db")
            _ = try plan(cases: 160, seed: seed).make(at: path)
            heads.append(try CaseStore.openReader(path: path).read { try $0.logHead() }?.hash)
        }
        #expect(heads[0] != nil && heads[0] == heads[1])
        #expect(heads[0] != heads[2])
        let schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
        let empty = try Desk().raw().read { try Row.fetchAll($0, sql: schema) }
        #expect(try DatabaseQueue(path: folder.path("made0.db")).read { try Row.fetchAll($0, sql: schema) } == empty)
    }

    @Test("a desk goes on where a made-up history ends")
    func goesOn() throws {
        let folder = try ScratchFolder()
        let path = folder.path("made.db")
        let figures = try plan(cases: 160).make(at: path)
        let store = try CaseStore(path: path)
        let file = try store.write { try $0.openCase(Incoming(.plain()), by: Desk.agent).file }
        #expect(file.record.id == Int64(figures.cases + 1))
        #expect(try store.makeReader().verify().findings == [])
    }
}
