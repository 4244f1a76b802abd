import CaseStore
import Complaints
import Glibc
import HTTPServer
import Logging

/// Why a command could not do its work: the sentence for standard error, and how the process ends.
struct CommandFailure: Error {
    let status: ExitStatus
    let message: String

    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }

    /// Says what went wrong in a sentence a person can act on.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        // Whoever had enough need not be told.
        case let error as FileError where error.isClosedPipe: self.init(.readerGone, "")
        case let error as FileError: self.init(error)
        case let error as CSVError: self.init(.badData, "\(error)")
        case let error as StoreError: self.init(error)
        case let error as CopyError: self.init(error)
        case let error as MigrationInterruption:
            self.init(.interrupted, "interrupted: \(error); the same again goes on where it stopped")
        case is ReadInterruption: self.init(.interrupted, "interrupted; nothing was changed")
        case let error as MigrationStop:
            let cause = CommandFailure(error.cause)
            self.init(
                cause.status,
                "\(cause.message); before that \(MigrationInterruption.words(error.applied)), and the same again goes on there"
            )
        case let error as ClockAcceptanceError: self.init(error)
        case let error as StartError: self.init(.configuration, "\(error)")
        default: self.init(.software, "\(error)")
        }
    }

    private init(_ error: StoreError) {
        switch error {
        case .unusable(let reason): self.init(.configuration, reason)
        case .diskFull, .lowSpace: self.init(.inputOutput, "\(error)")
        case .readOnly: self.init(.inputOutput, "\(error): check its permissions")
        case .inUse(let reason): self.init(.temporary, reason)
        case .locked: self.init(.temporary, "\(error): try again")
        case .inTheFuture: self.init(.usage, "\(error)")
        case .notYetClosed: self.init(.temporary, "\(error): try again")
        case .tooMuchWork: self.init(.software, "\(error)")
        case .failed(let reason), .batchFailed(let reason): self.init(.inputOutput, "the database failed: \(reason)")
        case .damaged(let reason):
            self.init(
                .inputOutput,
                "a part of the database can't be read: run casekeeper verify, and restore a backup (\(reason))")
        case .unreadable(let reason):
            self.init(
                .badData,
                "what is on record can't be understood: run casekeeper verify, and restore a backup (\(reason))")
        case .clock(let trouble): self.init(trouble)
        case .latched: self.init(.inputOutput, "\(error)")
        case .superseded: self.init(.configuration, "\(error): nothing was changed")
        case .outcomeUnknown:
            self.init(.inputOutput, "\(error): look at the database before trying again")
        }
    }

    private init(_ trouble: ClockTrouble) {
        self.init(
            .temporary, "\(trouble.summary) Nothing was changed (\(trouble.word)). \(trouble.remedy)")
    }

    private init(_ error: ClockAcceptanceError) {
        switch error {
        case .notServed:
            self.init(
                .noInput,
                "there is nothing to accept: no service has the database open, and one that starts takes the clock as it is"
            )
        case .nothingToAccept:
            self.init(.noInput, "there is nothing to accept: the service believes the wall clock")
        case .behind(let trouble): self.init(trouble)
        case .notTaken: self.init(.temporary, "the service did not accept the wall clock: its log says why")
        }
    }

    private init(_ error: FileError) {
        switch error.operation {
        case .open: self.init(.noInput, "\(error)")
        case .make: self.init(.cannotCreate, "\(error)")
        case .read, .write: self.init(.inputOutput, "\(error)")
        }
    }

    private init(_ error: CopyError) {
        switch error {
        case .alreadyThere(let path):
            self.init(.cannotCreate, "\(path) is there already; --force replaces it")
        case .noFile(let path):
            self.init(.cannotCreate, "\(path) is there already, and is no ordinary file")
        case .link(let path):
            self.init(
                .cannotCreate,
                "\(path) is a symbolic link, which is not written through: name the file itself")
        case .foreign(let path, let kind):
            self.init(
                .cannotCreate,
                "\(path) is there already, and is no \(kind), so it is not replaced: move it away, or name another file"
            )
        case .ownSource(let path):
            self.init(.usage, "\(path) is what this command reads, or part of it")
        case .inUse(let path, let holder, let isReplicated):
            self.init(.temporary, Self.inUse(path, by: holder, isReplicated))
        case .ownOutput(let path):
            self.init(
                .usage,
                "standard output leads into \(path), which this command writes itself: name a file that is nothing else"
            )
        case .unfit(let reason): self.init(.badData, reason)
        case .file(let reason): self.init(.inputOutput, reason)
        case .unsettled(let path, let reason):
            self.init(
                .inputOutput,
                "\(path) is whole and in its place, but its folder can't be brought to disk (\(reason)): after a power cut what "
                    + "was there before may be there again. Look at the disk, and run the command once more")
        }
    }

    /// That a database is open, and what to stop: whoever has only stopped the service does not know what else has it.
    private static func inUse(_ path: String, by holder: String?, _ isReplicated: Bool) -> String {
        let word = DatabaseName.shellWord(path)
        let isLitestream = holder?.contains("(litestream)") ?? isReplicated
        guard isLitestream else {
            return holder.map { "\(path) is open in process \($0): end that first" }
                ?? "\(path) is in use: stop the service first, or whatever else has it open (as root, fuser -v \(word))"
        }
        let who = holder.map { "process \($0)" } ?? "another process, as it seems Litestream"
        return
            "\(path) is open in \(who): stop Litestream first (with a unit of its own: systemctl stop litestream), and "
            + "say litestream reset \(word) before it is started again"
    }

    /// Ends the process with the failure's sentence and status.
    func exit() -> Never {
        if !message.isEmpty { StandardError.write(JournalStream.marked("casekeeper: \(message)\n", .error)) }
        Glibc.exit(status.rawValue)
    }
}
