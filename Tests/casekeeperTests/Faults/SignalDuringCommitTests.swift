import Foundation
import TestSupport
import Testing

@Suite("A signal in the middle of a commit", .serialized)
struct SignalDuringCommitTests {
    @Test("the first one lets the commit end and its answer out; a second one ends the service at once")
    func signals() throws {
        for second in [false, true] {
            let scene = try FaultScene()
            #expect(try scene.write().status == 201)
            let calls = try scene.holdSync()
            let write = scene.beginWrite()
            #expect(eventually { calls.hasBeenMade })
            scene.server.process.signal(SIGTERM)
            #expect(eventually { scene.logged("notice shutting down") == 1 })
            if second {
                scene.server.process.signal(SIGTERM)
                // It has called exit; what its last thread has open is closed only when that is let go.
                let stat = "/proc/\(scene.server.process.id)/stat"
                #expect(try eventually { try String(contentsOfFile: stat, encoding: .utf8).contains(") Z ") })
                try calls.end()
                #expect(try write.end().status == 0, "nothing that is not on disk is answered")
                #expect(try scene.server.process.wait().exitCode == 143)
            } else {
                try calls.end()
                #expect(try write.end().status == 201)
                #expect(try scene.server.process.wait().exitCode == 0)
            }
            try scene.compare()
            try scene.start()
            try scene.settle()
        }
    }
}
