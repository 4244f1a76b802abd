import Foundation
import Testing

@Suite("Business time is what others reckon by themselves")
struct CalendarOracleTests {
    private static let answers = URL(filePath: Binary.path).deletingLastPathComponent()
        .appending(path: "calendar-answers").path

    /// So many at random; `make calendars` has a million.
    private static let cases = "7000"

    private func run(_ script: String, _ arguments: [String]) throws -> RunResult {
        try PythonTool.run(
            "python", [Repository.root.appending(path: "Tests/Calendars/\(script)").path] + arguments,
            in: TemporaryFolder())
    }

    @Test("every zone's clocks show what Python's zoneinfo says, from 1970 to 2100, about each change")
    func zones() throws {
        let result = try run("zones.py", [Self.answers])
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
    }

    @Test("thousands of dues are those of a brute force over open minutes, and of numpy's business days")
    func dues() throws {
        let result = try run("dues.py", [Self.answers, "--cases", Self.cases])
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
    }

    @Test("thousands of clocks of regimes are due when a brute force over dates says, and extended as far")
    func clocks() throws {
        let result = try run("clocks.py", [Self.answers, "--cases", Self.cases])
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
    }

    @Test(
        "the calendar of England and Wales has the bank holidays of PyPI's package, and counts as numpy does with these"
    )
    func shipped() throws {
        let result = try run("shipped.py", [Self.answers])
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
    }

    @Test("the holidays of a country, as PyPI's package writes them, are read without a refusal")
    func holidays() throws {
        let result = try run("holiday_file.py", [Self.answers])
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
    }
}
