import CaseStore
import Dispatch
import Glibc
import Synchronization

/// What backup and restore have in common: a database is copied, verified and put in its place, or nothing happens.
struct CopyRun {
    let source: String
    let place: String
    let replaces: Bool
    /// What for, when nobody else may have the database at `place` meanwhile.
    var purpose: String?
    /// Whether a copy that this version can't bring to its own shape is kept all the same.
    var keepsOlder = false

    /// Returns what is in the copy once it is in its place, and what was there before. Ctrl-C leaves nothing behind.
    func run() throws -> (found: CopyVerification, replaced: DisplacedContents?) {
        try StandardOutput.requireApart(from: FileNames(ofDatabase: source))
        do throws(CopyError) {
            try StandardOutput.requireApart(from: FileNames(ofDatabase: place))
        } catch {
            throw CopyError.ownOutput(place)
        }
        // From before there is anything to leave behind; and while it is being made, the signal waits.
        let begun = CopyBegun()
        let trap = SignalTrap(SignalTrap.endings) { @Sendable in begun.interrupt() }
        return try withExtendedLifetime(trap) {
            let copy = try begun.begin { try DatabaseCopy(at: place, replaces: replaces, purpose: purpose, of: source) }
            defer { copy.discard() }
            try fill(copy)
            let found = try verify(copy)
            return (found, try copy.place())
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
        let found = try copy.verify(asItIs: keepsOlder)
        guard found.verification.findings.isEmpty else {
            for finding in found.verification.findings {
                try StandardOutput.print("\(finding.check): \(finding.detail)")
            }
            throw CommandFailure(.badData, "\(source) is not as it was written; nothing was changed")
        }
        return found
    }
}

/// The copy that a signal gives up.
private final class CopyBegun: Sendable {
    private let copy = Mutex<DatabaseCopy?>(nil)

    func begin(_ make: () throws -> DatabaseCopy) throws -> DatabaseCopy {
        try copy.withLock { copy in
            let made = try make()
            copy = made
            return made
        }
    }

    /// Ends the process, and leaves nothing behind. Once the copy is in its place it is too late, and the command ends
    /// by itself.
    func interrupt() {
        copy.withLock { copy in
            guard copy?.discard() ?? true else { return }
            StandardError.write("casekeeper: interrupted; nothing was changed\n")
            _exit(ExitStatus.interrupted.rawValue)
        }
    }
}

extension DisplacedContents {
    /// `it replaced one of 2 cases that ended with` and the head, as it was printed when that was made.
    var summary: String {
        "it replaced one of \(cases) cases" + (head.map { " that ended with \($0.line)" } ?? "")
    }
}

extension CopyVerification {
    /// `2 cases, 4 promises, 11 log entries`, and the head to write down, as far as they are known.
    var summary: String {
        guard shortfall == nil else { return "\(cases) cases, \(promises) promises" }
        let counts = "\(cases) cases, \(promises) promises, \(verification.entries) log entries"
        return verification.head.map { "\(counts)\nhead: \($0.line)" } ?? counts
    }
}
