import ArgumentParser
import CMalloc
import Glibc

/// Where the process begins and ends.
@main
enum Main {
    static func main() {
        StandardStreams.reserve()
        StandardStreams.ignoreWriteSignals()
        setUpAllocator()
        let settings = EnvironmentSettings(root: Casekeeper.self)
        var arguments = CompletedArguments(words: Array(CommandLine.arguments.dropFirst()), variables: [:])
        do {
            arguments = try settings.completing(arguments.words)
            var command = try Casekeeper.parseAsRoot(arguments.words)
            try command.run()
        } catch {
            // Help and the version come as errors too, as does what is wrong with the command line (64).
            let isParsers = [ExitCode.success, .validationFailure].contains(Casekeeper.exitCode(for: error))
            guard isParsers || error is ExitCode else { CommandFailure(error).exit() }
            guard Casekeeper.exitCode(for: error) == .validationFailure else { Casekeeper.exit(withError: error) }
            StandardError.write(arguments.blaming(Casekeeper.fullMessage(for: error)) + "\n")
            exit(ExitStatus.usage.rawValue)
        }
    }

    private static func setUpAllocator() {
        // Small blocks are joined when they are freed. The allocator would put that off until a large one is asked for,
        // which here is with every request, and costs a create a fourteenth of its processor time.
        mallopt(M_MXFAST, 0)
        // Large blocks go back to the system when they are freed, as they do at first. Once one was, the allocator would
        // keep such in its heap, and what a report over many promises needs would stay with the process.
        mallopt(M_MMAP_THRESHOLD, 128 << 10)
    }
}
