import Complaints
import Dispatch
import Foundation
import Synchronization
import Testing

@testable import CaseStore

@Suite("News of commits")
struct CommitBoardTests {
    @Test("tells of a batch once it is on disk: its events and the earliest due instant, without what was rolled back")
    func own() throws {
        let desk = try Desk()
        let news = Mutex<[CommittedChanges]>([])
        desk.store.observeCommits { changes in
            news.withLock { $0.append(changes) }
        } others: {
        }
        let file = try desk.open()
        let errors = try desk.store.commit(count: 3) { index, transaction in
            if index == 1 { throw Refusal.forbidden("no") }
            _ = try transaction.changeCase(1, by: Desk.agent) { file, policy in
                try file.write(Incoming(.note(text: "\(index)")), under: policy, by: Desk.agent, at: transaction.now)
            }
        }
        #expect(errors.count { $0 == nil } == 2)
        struct Failure: Error {}
        #expect(throws: Failure.self) {
            try desk.store.write { transaction in
                _ = try transaction.openCase(Incoming(.plain()), by: Desk.agent)
                throw Failure()
            }
        }
        let (first, second, third) = news.withLock { ($0[0], $0[1], $0[2]) }
        #expect(news.withLock(\.count) == 3)
        #expect(first.events == 1...2 && first.types == EventTypes([.caseOpened, .promiseMade]))
        #expect(first.earliestWake == file.promises[0].dueAt + .hours(-8), "when its owner is to be warned")
        #expect(second.events == 3...4 && second.types == EventTypes(.caseUpdated) && second.earliestWake == nil)
        #expect(third.events == nil && third.types == [])
        #expect(first.stamp < second.stamp && second.stamp < third.stamp)
    }

    @Test("tells whoever serves a database of what others commit, and them of nothing")
    func others() throws {
        let folder = try ScratchFolder()
        let path = folder.path("desk.db")
        let serving = try CaseStore(path: path, purpose: "serve")
        let other = try CaseStore(path: path)
        let heard = DispatchSemaphore(value: 0)
        let unheard = Atomic(0)
        serving.observeCommits { _ in
        } others: {
            heard.signal()
        }
        other.observeCommits { _ in
        } others: {
            unheard.add(1, ordering: .relaxed)
        }
        for _ in 0..<3 {
            _ = try other.write { try $0.openCase(Incoming(.plain()), by: Desk.agent) }
            #expect(heard.wait(timeout: .now() + .seconds(120)) == .success)
        }
        _ = try serving.write { try $0.openCase(Incoming(.plain()), by: Desk.agent) }
        #expect(unheard.load(ordering: .relaxed) == 0)
    }
}
