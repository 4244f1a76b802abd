import Foundation
import Testing

/// How a process ended and what it wrote.
struct RunResult {
    let exitCode: Int32
    let output: String
    let errors: String
}

/// A process of the built binary.
final class RunningProcess {
    let id: pid_t
    private let outputFile: URL
    private let errorFile: URL
    private var result: RunResult?

    /// Starts `path` in `folder`, in an environment of its own.
    init(path: String, _ arguments: [String], environment: [String: String], in folder: TemporaryFolder) throws {
        let name = UUID().uuidString
        outputFile = folder.url.appending(path: name + ".out")
        errorFile = folder.url.appending(path: name + ".err")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, outputFile.path, O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errorFile.path, O_WRONLY | O_CREAT, 0o600)
        // Signals as a shell leaves them: a thread of Dispatch's or of Swift's has nearly all of them blocked, and what is
        // started would never hear of the SIGTERM that it is sent.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        // env(1) becomes the program, in that folder.
        let env = "/usr/bin/env"
        let words = ([env, "-C", folder.url.path, path] + arguments).map { strdup($0) } + [nil]
        let settings = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for word in words + settings { free(word) } }
        var id: pid_t = 0
        let error = posix_spawn(&id, env, &actions, &attributes, words, settings)
        guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EIO) }
        self.id = id
    }

    deinit {
        if result == nil {
            kill(id, SIGKILL)
            waitpid(id, nil, 0)
        }
    }

    /// What it has written to standard error so far.
    var errors: String { (try? String(contentsOf: errorFile, encoding: .utf8)) ?? "" }

    /// Whether it has ended, without waiting for it.
    var hasEnded: Bool {
        var information = siginfo_t()
        return waitid(P_PID, id_t(id), &information, WEXITED | WNOHANG | WNOWAIT) == 0
            && information._sifields._sigchld.si_pid == id
    }

    func signal(_ signal: Int32) {
        kill(id, signal)
    }

    /// Waits for its end.
    func wait() throws -> RunResult {
        if let result { return result }
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 {
            guard errno == EINTR else { throw POSIXError(.ECHILD) }
        }
        let ended = RunResult(
            // A process that a signal ended counts as a shell counts it.
            exitCode: status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F),
            output: try String(contentsOf: outputFile, encoding: .utf8), errors: errors)
        result = ended
        return ended
    }
}

/// The built binary, which stands beside the tests.
enum Binary {
    static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "casekeeper").path

    /// - Parameter launcher: the words of a command that becomes the binary.
    static func start(
        _ arguments: [String], environment: [String: String] = [:], launcher: [String] = [],
        in folder: TemporaryFolder
    ) throws -> RunningProcess {
        let words = launcher + [path] + arguments
        // Not by the file of a service that this machine has.
        let settings = ["CASEKEEPER_CONFIG": "/dev/null"].merging(environment) { $1 }
        return try RunningProcess(path: words[0], Array(words.dropFirst()), environment: settings, in: folder)
    }

    static func run(
        _ arguments: [String], environment: [String: String] = [:], launcher: [String] = [],
        in folder: TemporaryFolder
    ) throws -> RunResult {
        try start(arguments, environment: environment, launcher: launcher, in: folder).wait()
    }
}
