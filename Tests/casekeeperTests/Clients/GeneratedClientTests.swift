import Foundation
import Testing

/// Programs that nobody here wrote read the description and write a client by it, which is then used as a program would.
@Suite("Clients that are generated from the description")
struct GeneratedClientTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(Binary.run(["openapi"], in: folder).output, to: "openapi.json")
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "generated"), withIntermediateDirectories: false)
    }

    /// The generated code lies in `generated`, beside the database.
    private func use(_ script: String) throws {
        let made = try Binary.run(["token", "create", "desk", "--role", "agent"], in: folder)
        let token = String(try #require(made.output.firstMatch(of: /ck_[A-Za-z0-9_-]+/)).output)
        let server = try RunningServer(in: folder)
        let script = Repository.root.appending(path: "Tests/Clients/Generated/\(script)").path
        let result = try PythonTool.run(
            "python", [script, folder.path("generated"), "http://127.0.0.1:\(server.port)", token],
            in: folder)
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
    }

    @Test("openapi-python-client warns of nothing, and its client creates, pages, and is refused, all of it typed")
    func attrs() throws {
        // It knows no calendar files, which are sent as they are.
        try folder.write("content_type_overrides:\n  text/calendar: application/octet-stream\n", to: "client.yaml")
        let result = try PythonTool.run(
            "openapi-python-client",
            [
                "generate", "--config", "client.yaml", "--path", "openapi.json", "--output-path",
                "generated/desk_client", "--meta", "none", "--fail-on-warning",
            ], in: folder)
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        let models = try FileManager.default.contentsOfDirectory(
            atPath: folder.path("generated/desk_client/models"))
        let numbered = models.filter { $0.contains(/_type_\d/) }
        #expect(numbered.isEmpty, "forms without a name: \(numbered.sorted())")
        try use("attrs_client.py")
    }

    @Test("datamodel-code-generator has a name for everything, and its models take all that is sent and answered")
    func pydantic() throws {
        let result = try PythonTool.run(
            "datamodel-codegen",
            [
                "--input", "openapi.json", "--input-file-type", "openapi", "--output", "generated/desk_models.py",
                "--output-model-type", "pydantic_v2.BaseModel", "--formatters", "builtin",
                "--naming-strategy", "parent-prefixed",
            ], in: folder)
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        let module = try folder.read("generated/desk_models.py")
        let numbered = module.matches(of: /\nclass (\w*\d)\(/).map { String($0.1) }
        #expect(numbered.isEmpty, "forms without a name: \(numbered)")
        try use("pydantic_models.py")
    }
}
