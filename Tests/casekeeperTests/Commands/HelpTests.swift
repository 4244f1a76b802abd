import Testing

@testable import casekeeper

@Suite("casekeeper")
struct HelpTests {
    let folder = try! TemporaryFolder()

    @Test(
        "says how it is used, on standard output",
        arguments: [
            ["--help"], ["help"], [], ["serve", "--help"], ["help", "import"], ["token", "--help"],
            ["token", "create", "--help"],
        ])
    func help(arguments: [String]) throws {
        let result = try Binary.run(arguments, in: folder)
        #expect(result.exitCode == 0)
        #expect(result.output.contains("USAGE: casekeeper"))
        #expect(result.errors.isEmpty)
    }

    @Test("says its version, and what it does not know (64)")
    func version() throws {
        let version = try Binary.run(["--version"], in: folder)
        #expect(version.exitCode == 0)
        #expect(version.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
        let unknown = try Binary.run(["surf"], in: folder)
        #expect(unknown.exitCode == 64)
        #expect(unknown.errors.contains("Unexpected argument 'surf'"))
    }
}
