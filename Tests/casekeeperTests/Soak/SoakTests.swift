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

    @Test("would find mutants, whose patches apply to the tree as it is")
    func mutants() throws {
        let patches = try FileManager.default.contentsOfDirectory(
            at: Repository.root.appending(path: "Tests/Soak/Mutants"), includingPropertiesForKeys: nil)
        #expect(patches.count > 9)
        let folder = try TemporaryFolder()
        for patch in patches {
            let result = try RunningProcess(
                path: "/usr/bin/patch",
                ["--dry-run", "--strip=1", "--force", "--directory", Repository.root.path, "--input", patch.path],
                environment: [:], in: folder
            ).wait()
            #expect(result.exitCode == 0, "\(patch.lastPathComponent): \(result.output)")
        }
    }
}
