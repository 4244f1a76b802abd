import Complaints
import GRDB
import TestSupport

@testable import CaseStore

/// What became of a desk, from where each case of a test goes on with a copy of its own.
struct PastDesk {
    private let template: FileTemplate
    private let now: Instant

    /// Once nothing is written to the desk any longer.
    init(of desk: Desk) throws {
        template = try FileTemplate { path in
            let copy = try DatabaseQueue(path: path)
            try desk.raw().backup(to: copy)
            try copy.close()
        }
        now = desk.clock.now
    }

    /// A desk that goes on from there.
    func desk() throws -> Desk {
        let folder = try ScratchFolder()
        try template.copyUnlessThere(folder.path("desk.db"))
        return try Desk(folder: folder, clock: TestClock(at: now))
    }
}
