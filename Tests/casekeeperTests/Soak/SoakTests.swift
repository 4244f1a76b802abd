import Foundation
import Testing

@Suite("A minute of random histories")
struct SoakTests {
    @Test("at the built binary is what a model says that knows the contract alone")
    func minute() throws {
        let soak = Repository.root.appending(path: "Tests/Soak/soak.py").path
        let result = try PythonTool.run(
            "python",
            [
                soak, "--binary", Binary.path, "--folder", Repository.root.appending(path: ".build-soak/test").path,
                "--minutes", "1", "--seed", "1",
            ], in: TemporaryFolder())
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
    }
}
