import Complaints
import Foundation
import Synchronization
import Testing

@testable import CaseStore

@Suite("What a service writes down of its clock")
struct LockedClockTests {
    let folder = try! ScratchFolder()

    @Test("is there whenever somebody looks, also while it is written anew, longer or shorter than before")
    func always() throws {
        let path = folder.path("casekeeper.db")
        let lock = try DatabaseLock(path: path, purpose: "serve")
        let shorter = Instant(milliseconds: 1), longer = Instant(milliseconds: 1_700_000_000_000)
        lock.publish(booted: longer, always: true)
        let isDone = Atomic(false)
        let finished = DispatchGroup()
        DispatchQueue.global().async(group: finished) {
            for round in 0..<20_000 { lock.publish(booted: round % 2 == 0 ? shorter : longer, always: true) }
            isDone.store(true, ordering: .releasing)
        }
        var (seen, missed) = (0, 0)
        while !isDone.load(ordering: .acquiring) {
            seen += 1
            let held = DatabaseLock.held(ofDatabase: path)
            if held?.holder == nil || ![shorter, longer].contains(held?.booted) { missed += 1 }
        }
        finished.wait()
        #expect(seen > 100 && missed == 0, "\(missed) of \(seen)")
        #expect(FileStatus(DatabaseLock.path(ofDatabase: path))?.size ?? 0 < 100, "the file does not grow")
    }
}
