import ArgumentParser
import CMalloc
import CaseStore
import Glibc
import Logging

/// Where the process begins and ends.
@main
enum Main {
    static func main() {
        StandardStreams.reserve()
        StandardStreams.ignoreWriteSignals()
        setUpAllocator()
        if let shortage = DescriptorLimit.shortage { CommandFailure(.configuration, shortage).exit() }
        let sources = OptionSources(root: Casekeeper.self)
        var arguments = CompletedArguments(words: ProcessArguments.words)
        do {
            arguments = try CompletedArguments.ofProcess.get()
            var command = try parse(arguments, sources.strays)
            try command.run()
        } catch let fault as CommandLineFault {
            StandardError.write(JournalStream.marked("\(fault)\n", .error))
            exit(ExitStatus.usage.rawValue)
        } catch {
            // Help and the version come as errors too, as does what is wrong with the command line (64).
            let code = Casekeeper.exitCode(for: error)
            guard [.success, .validationFailure].contains(code) || error is ExitCode else {
                CommandFailure(error).exit()
            }
            if code == .success { tellAsked(Casekeeper.fullMessage(for: error)) }
            guard code == .validationFailure else { Casekeeper.exit(withError: error) }
            let (message, status) = arguments.blaming(Casekeeper.fullMessage(for: error))
            StandardError.write(JournalStream.marked(message + "\n", .error))
            exit(status.rawValue)
        }
    }

    /// Tells of stray variables, also when something else is wrong, of which one of them may be the cause, and of who may
    /// write the file of configuration; in the log where there is one.
    private static func parse(_ arguments: CompletedArguments, _ strays: [StrayVariable]) throws -> any ParsableCommand
    {
        let notes = strays.map(\.description) + (arguments.file?.notes ?? [])
        do {
            let command = try Casekeeper.parseAsRoot(arguments.words)
            let logger = (command as? ServeCommand)?.logging.makeLogger()
            if let logger, let file = arguments.file {
                logger.notice("read the file of configuration", metadata: ["file": "\(file.path)"])
            }
            for note in notes {
                // What doctor finds in the settings it tells itself.
                if let logger { logger.warning("\(note)") } else if !(command is DoctorCommand) { tell(note) }
            }
            return command
        } catch {
            // To ask for the code takes as long as to parse.
            if !notes.isEmpty, Casekeeper.exitCode(for: error) == .validationFailure { notes.forEach(tell) }
            throw error
        }
    }

    /// Ends the process with what was asked for, as help is, or the version.
    private static func tellAsked(_ text: String) -> Never {
        do {
            if !text.isEmpty { try StandardOutput.print(text) }
        } catch {
            CommandFailure(error).exit()
        }
        exit(0)
    }

    private static func tell(_ note: String) {
        StandardError.write(JournalStream.marked("casekeeper: \(note)\n", .warning))
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
