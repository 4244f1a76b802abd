import Foundation
import TestSupport
import Testing

/// Databases by the binaries of earlier versions. Tests/Upgrade/README.md says how they were made.
@Suite("A database of an earlier version", .serialized)
struct UpgradeTests {
    private static let folder = Repository.root.appending(path: "Tests/Upgrade")

    /// `V008` and the like: every database in the folder.
    static let fixtures: [String] = names(in: folder, ending: ".db.gz").map { String($0.prefix(4)) }

    private static func names(in folder: URL, ending: String) -> [String] {
        let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return (files ?? []).filter { $0.hasSuffix(ending) }.sorted()
    }

    @Test("is there of the shape before the newest, by a binary that knew no other")
    func registry() throws {
        let shapes = Self.names(in: Repository.root.appending(path: "Migrations"), ending: ".sql").map { $0.prefix(4) }
        let before = try #require(shapes.dropLast().last)
        #expect(
            Self.fixtures.contains(String(before)),
            """
            The newest migration is \(shapes.last ?? ""): make the fixture of what was before it, by the last commit that has \
            none of it: python3 Tests/Upgrade/make.py COMMIT
            """)
    }

    @Test("is verified, brought up to date, served and written, and says what its own binary said", arguments: fixtures)
    func upgrade(name: String) throws {
        let check = Self.folder.appending(path: "check.py").path
        let result = try PythonTool.run("python", [check, "--binary", Binary.path, name], in: TemporaryFolder())
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
    }

    @Test("that is killed while it is brought up to date goes on from the last step that was applied")
    func killed() throws {
        let folder = try TemporaryFolder()
        let name = try #require(Self.fixtures.first)
        let packed = try Data(contentsOf: Self.folder.appending(path: "\(name).db.gz"))
        try folder.write(gunzip(Array(packed)), to: "desk.db")
        for wait in [60_000, 120_000, 180_000, 240_000, 300_000] as [UInt32] {
            let process = try Binary.start(["migrate", "--database", "desk.db"], in: folder)
            usleep(wait)
            process.signal(SIGKILL)
            _ = try process.wait()
        }
        let again = try Binary.run(["migrate", "--database", "desk.db"], in: folder)
        #expect(again.output.hasSuffix("desk.db is up to date\n"), "\(again)")
        let verified = try Binary.run(["verify", "--database", "desk.db"], in: folder)
        #expect(verified.output.hasSuffix("ok\n"), "\(verified)")
    }
}
