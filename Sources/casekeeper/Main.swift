import ArgumentParser
import Glibc

/// Where the process begins and ends.
@main
enum Main {
    static func main() {
        let arguments = EnvironmentSettings(root: Casekeeper.self).completing(Array(CommandLine.arguments.dropFirst()))
        do {
            var command = try Casekeeper.parseAsRoot(arguments)
            do {
                try command.run()
            } catch let failure where !(failure is ExitCode || failure is CleanExit || failure is ValidationError) {
                CommandFailure(failure).exit()
            }
        } catch {
            // Help, the version, and what is wrong with the command line (64).
            Casekeeper.exit(withError: error)
        }
    }
}
