import Foundation
import Testing

@testable import casekeeper

@Suite("What a process was started with", .serialized)
struct ProcessArgumentsTests {
    let folder = try! TemporaryFolder()

    @Test("is known also where a library that is loaded first has moved the environment")
    func moved() throws {
        let clock = try FakeClock(in: folder)
        // Straight from a shell, and not through env(1), after which the environment is where it was.
        let environment = try clock.environment.map { "\($0)='\($1)'" }.joined(separator: " ")
        let shell = ["/bin/sh", "-c", "\(environment) exec \"$0\" \"$@\""]
        let made = try Binary.run(["migrate", "--database", "a b.db"], launcher: shell, in: folder)
        #expect(made.exitCode == 0 && made.output == "a b.db was made\n", "\(made)")
        let wrong = try Binary.run(["nonsense"], launcher: shell, in: folder)
        #expect(wrong.exitCode == 64)
    }
}
