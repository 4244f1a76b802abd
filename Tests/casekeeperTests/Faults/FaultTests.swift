import Foundation
import Testing

@Suite("When things go wrong", .serialized)
struct FaultTests {
    @Test(
        "a change is refused with what it was, reads go on, and what was answered is kept", arguments: Fault.all)
    func fault(_ fault: Fault) throws {
        let scene = try FaultScene(fault.options, diskBytes: fault.diskBytes)
        for _ in 0..<3 { #expect(try scene.write().status == 201) }
        #expect(try scene.get("/readyz").status == 200)

        let end = try fault.begin(scene)
        #expect(try Self.refusal(of: scene.write()) == fault.refusal)
        try Self.expectTrouble(scene, fault)
        if case .latches = fault.aftermath { #expect(try Self.refusal(of: scene.write()) == .readOnly) }

        try end()
        switch fault.aftermath {
        case .recovers:
            #expect(try scene.write().status == 201)
            #expect(scene.logged("error changes fail") == 1)
            #expect(scene.logged("error changes fail", "reason=\(fault.reason)") == 1)
            #expect(scene.logged("notice changes are kept again") == 1)
        case .latches:
            #expect(try Self.refusal(of: scene.write()) == .readOnly, "though it is over")
            try Self.expectTrouble(scene, fault)
            #expect(try scene.figure("casekeeper_writer_latched") == 1)
            #expect(scene.logged("error nothing is written until the service is restarted") == 1)
            let ended = try scene.end()
            #expect(ended.exitCode == 74)
            try scene.start()
            #expect(try scene.logSize() == 0, "it is written anew before anything is added to it")
            #expect(try scene.write().status == 201)
        }
        #expect(try scene.get("/readyz").status == 200)
        #expect(try scene.figure("casekeeper_writer_ready") == 1)
        try scene.settle()
    }

    private static func refusal(of answer: ServiceAnswer) throws -> Fault.Refusal {
        Fault.Refusal(
            status: answer.status, code: try #require(answer.code, "\(answer.body)"),
            retryAfter: answer.retryAfter ?? "none")
    }

    /// Says so where it should, and answers what it can.
    private static func expectTrouble(_ scene: FaultScene, _ fault: Fault) throws {
        let ready = try scene.get("/readyz")
        #expect(ready.status == 503)
        #expect(ready.code == "not_ready")
        #expect(ready["reason"] == fault.reason)
        #expect(try scene.figure("casekeeper_writer_ready") == 0)
        for path in ["/healthz", "/v1/cases/1", "/v1/promises?state=open", "/v1/reports/promises"] {
            #expect(try scene.get(path).status == 200, "\(path)")
        }
    }
}
