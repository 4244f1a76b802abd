import ArgumentParser
import Testing

@testable import casekeeper

@Suite("Options stand in the environment")
struct OptionSourcesTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let arguments: [String]
        let environment: [String: String]
        let expected: [String]

        init(_ description: String, _ arguments: [String], _ environment: [String: String], _ added: [String]) {
            testDescription = description
            self.arguments = arguments
            self.environment = environment
            expected = added
        }
    }

    static let examples = [
        Example("an option of a group", ["migrate"], ["CASEKEEPER_DATABASE": "x.db"], ["migrate", "--database=x.db"]),
        Example(
            "a typed option wins", ["migrate", "--database", "y.db"], ["CASEKEEPER_DATABASE": "x.db"],
            ["migrate", "--database", "y.db"]),
        Example(
            "a typed option with = wins", ["migrate", "--database=y.db"], ["CASEKEEPER_DATABASE": "x.db"],
            ["migrate", "--database=y.db"]),
        Example("of two words", ["import", "f"], ["CASEKEEPER_BATCH_SIZE": "7"], ["import", "f", "--batch-size=7"]),
        Example(
            "more than one value", ["import"], ["CASEKEEPER_SET": "a=b\nc=d"], ["import", "--set=a=b", "--set=c=d"]),
        Example("a flag", ["import"], ["CASEKEEPER_DRY_RUN": "true"], ["import", "--dry-run"]),
        Example("a flag that is off", ["import"], ["CASEKEEPER_DRY_RUN": "0"], ["import"]),
        Example("an empty variable", ["migrate"], ["CASEKEEPER_DATABASE": ""], ["migrate"]),
        Example("another command's option", ["migrate"], ["CASEKEEPER_BATCH_SIZE": "7"], ["migrate"]),
        Example(
            "a command within a command", ["token", "create", "x"], ["CASEKEEPER_ROLE": "agent"],
            ["token", "create", "x", "--role=agent"]),
        Example(
            "before what are no options", ["verify", "--", "--x"], ["CASEKEEPER_DATABASE": "x.db"],
            ["verify", "--database=x.db", "--", "--x"]),
        Example("another program's variable", ["migrate"], ["DATABASE": "x.db"], ["migrate"]),
    ]

    @Test("and are put behind what was typed", arguments: examples)
    func completing(example: Example) throws {
        let settings = OptionSources(root: Casekeeper.self, environment: example.environment)
        #expect(try settings.completing(example.arguments).words == example.expected)
    }

    @Test("every option of every command is found under the name that its help shows")
    func everyOption() {
        func check(_ command: any ParsableCommand.Type) {
            let help = Casekeeper.helpMessage(for: command, includeHidden: true, columns: 400)
            var shown = Set(help.matches(of: /(?m)^  (?:-h, )?--([a-z-]+)/).map { String($0.1) })
            shown.subtract(["help", "version"])
            #expect(Set(DeclaredOption.options(of: command).map(\.name)) == shown, "\(command)")
            for subcommand in command.configuration.subcommands { check(subcommand) }
        }
        check(Casekeeper.self)
    }
}
