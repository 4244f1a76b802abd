import Foundation
import TestSupport

/// Makes the system calls of a running process fail, or wait, as those of a bad disk do. strace(1) is between the
/// process and the system until `end`.
final class BadCalls {
    private let tracer: RunningProcess
    private let log: String
    private var hasEnded = false

    /// - Parameters:
    ///   - calls: which, separated by commas.
    ///   - fault: what becomes of them, as strace's `inject` has it.
    ///   - path: only those on that file.
    init(
        of process: RunningProcess, _ calls: String, _ fault: String, on path: String? = nil,
        in folder: TemporaryFolder
    ) throws {
        let log = folder.path("strace-\(UUID().uuidString)")
        self.log = log
        let place = path.map { ["-P", $0] } ?? []
        let tracer = try RunningProcess(
            path: "/usr/bin/strace",
            ["-f", "-e", "trace=\(calls)", "-e", "inject=\(calls):\(fault)", "-o", log, "-p", "\(process.id)"] + place,
            environment: [:], in: folder)
        self.tracer = tracer
        guard eventually({ tracer.errors.contains("attached") || tracer.hasEnded }), !tracer.hasEnded else {
            throw FaultToolFailure(
                description: "strace can't be attached: `make test-deps` installs it, and it needs ptrace, as root or "
                    + "with CAP_SYS_PTRACE (\(tracer.errors))")
        }
    }

    /// Whether the process has made one of the calls. strace writes it down as the call begins.
    var hasBeenMade: Bool {
        ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "").contains("(")
    }

    /// Calls go through again, those that wait too.
    func end() throws {
        guard !hasEnded else { return }
        hasEnded = true
        // The system lets the process go then; strace itself would not end as long as a call of a dead process waits.
        tracer.signal(SIGKILL)
        _ = try tracer.wait()
    }
}
