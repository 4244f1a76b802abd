import CaseStore
import Dispatch
import Glibc
import Synchronization

/// What backup and restore have in common: a database is copied, verified and put in its place, or nothing happens.
struct CopyRun {
    let source: String
    let place: String
    let replaces: Bool

    /// Returns what is in the copy once it is in its place. Ctrl-C leaves nothing behind.
    func run() throws -> CopyVerification {
        // The trap is there before there is a file to leave behind, and waits for one that is being made.
        let made = Mutex<DatabaseCopy?>(nil)
        let trap = SignalTrap([SIGINT, SIGTERM]) { @Sendable in
            // Once it is in its place it is too late, and the command ends by itself.
            guard made.withLock({ $0?.discard() }) ?? true else { return }
            StandardError.write("casekeeper: interrupted; nothing was changed\n")
            _exit(ExitStatus.interrupted.rawValue)
        }
        return try withExtendedLifetime(trap) {
            let copy = try made.withLock { made in
                let copy = try DatabaseCopy(at: place, replaces: replaces)
                made = copy
                return copy
            }
            defer { copy.discard() }
            try fill(copy)
            let found = try verify(copy)
            try copy.place()
            return found
        }
    }

    private func fill(_ copy: DatabaseCopy) throws {
        var bar: ProgressBar?
        defer { bar?.clear() }
        try copy.fill(from: source) { progress in
            let shown = bar ?? ProgressBar(total: progress.total, unit: "pages")
            shown.draw(progress.done)
            bar = shown
        }
    }

    private func verify(_ copy: DatabaseCopy) throws -> CopyVerification {
        ProgressBar.note("verifying ...")
        defer { ProgressBar.note("") }
        let found = try copy.verify()
        guard found.verification.findings.isEmpty else {
            for finding in found.verification.findings { print("\(finding.check): \(finding.detail)") }
            throw CommandFailure(.badData, "\(source) is not as it was written; nothing was changed")
        }
        return found
    }
}

extension CopyVerification {
    /// `2 cases, 4 promises, 11 log entries`, and the head to write down.
    var summary: String {
        let counts = "\(cases) cases, \(promises) promises, \(verification.entries) log entries"
        return verification.head.map { "\(counts)\nhead: \($0.line)" } ?? counts
    }
}
