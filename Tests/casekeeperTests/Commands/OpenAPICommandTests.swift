import CaseAPI
import Foundation
import Testing

@testable import casekeeper

@Suite("casekeeper openapi")
struct OpenAPICommandTests {
    let folder = try! TemporaryFolder()

    @Test("writes what the service answers at /openapi.json, and needs no database")
    func same() throws {
        let written = try Binary.run(["openapi"], in: folder)
        #expect(written.exitCode == 0)
        #expect(written.errors.isEmpty)
        #expect(!folder.has("casekeeper.db"))
        let server = try RunningServer(in: folder)
        #expect(try ServiceAnswer("GET", "/openapi.json", port: server.port).body == written.output)
    }

    @Test("writes what openapi-spec-validator accepts")
    func valid() throws {
        let written = try Binary.run(["openapi"], in: folder)
        let path = try folder.write(written.output, to: "openapi.json")
        let result = try PythonTool.run("openapi-spec-validator", [path], in: folder)
        #expect(result.exitCode == 0, "\(result.output)\n\(result.errors)")
        #expect(result.output.contains("OK"))
    }
}
