import CaseStore

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
        // From before there is anything to leave behind. Who makes the files takes them away: whoever else did would find that
        // they are made anew.
        return try Interruption.noted { interruption in
            let copy = try DatabaseCopy(at: place, replaces: replaces, purpose: purpose, of: source) {
                interruption.isRequested
            }
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
