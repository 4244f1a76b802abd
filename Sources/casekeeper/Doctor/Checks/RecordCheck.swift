import ArgumentParser
import CaseStore

extension DoctorCheck {
    static let record = DoctorCheck("record", "whether the database can be read, and has the shape of this version") {
        inspection in
        if let obstacle = inspection.obstacle { return [.unseen("at the record", obstacle)] }
        guard inspection.held == nil else {
            return [.ok("what a process holds is to be saved before: the files tell of it")]
        }
        guard inspection.isThere else { return [.ok("there is none to read")] }
        if let finding = empty(inspection) { return [finding] }
        if let finding = halfChanged(inspection) { return [finding] }
        let pending: [String]
        do {
            pending = try CaseStore.pendingMigrations(path: inspection.database)
        } catch {
            return [unusable(error, inspection)]
        }
        if !pending.isEmpty {
            return [
                .warning(
                    "the database lacks \(pending.count == 1 ? "a step" : "\(pending.count) steps") to the shape of this "
                        + "version, \(Casekeeper.configuration.version): \(pending.joined(separator: ", "))",
                    why:
                        "the next start makes them, during which nothing is served, and an older version does not open it "
                        + "afterwards",
                    remedy: inspection.command("backup \(DatabaseName.shellWord(inspection.backups))/before-upgrade.db")
                        + "; then, with the service stopped: " + inspection.command("migrate"))
            ]
        }
        switch inspection.record {
        case .failed(let failure):
            return [
                .error(
                    failure.message, why: "what can't be read here the service may not read either",
                    remedy: inspection.command("verify"), status: status(of: failure))
            ]
        case .read(let record):
            let end = record.head.map { "ends with entry \($0.id) of epoch \($0.epoch)" } ?? "has no entries yet"
            return [.ok("the database has the shape of this version, and its log \(end)")]
        }
    }

    /// A file without a byte: that of a database always has some, so what was in it is lost, where there was one.
    private static func empty(_ inspection: Inspection) -> Finding? {
        let place = DatabaseName.resolved(inspection.database)
        guard let status = FileStatus(place), status.isRegular, status.size == 0 else { return nil }
        let traces = [place + "-lock", place + "-wal", Replication.folder(of: inspection.database)]
        let why = "a service would begin with an empty record"
        guard let trace = traces.first(where: { FileStatus($0) != nil }) else {
            return .warning(
                "\(place) is an empty file", why: why,
                remedy: inspection.restoreOrBegin)
        }
        return .error(
            "\(place) is an empty file, and \(trace) is beside it: what was in the database is lost", why: why,
            remedy: "with the service stopped, restore a backup: \(inspection.restoreCommand)")
    }

    /// A change that its process died in.
    private static func halfChanged(_ inspection: Inspection) -> Finding? {
        guard inspection.isHalfChanged else { return nil }
        return .error(
            "\(DatabaseName.resolved(inspection.database))-journal is beside the database: a command that changed it was killed in "
                + "the middle, or is at it now",
            why: "what it had begun is to be taken back, and nothing was read before that",
            remedy: "where no such command runs, this takes it back: \(inspection.command("verify"))")
    }

    /// A database that no service starts with.
    private static func unusable(_ error: any Error, _ inspection: Inspection) -> Finding {
        let why = "the service does not start with such a database"
        let failure = CommandFailure(error)
        let reason = failure.message
        let place = DatabaseName.resolved(inspection.database)
        let remedy = "with the service stopped, restore a backup: \(inspection.restoreCommand)"
        guard DatabaseHeader.isOurs(path: place) else {
            return .error(
                "\(place) is no database of casekeeper, or no whole one: \(reason)", why: why,
                remedy: "give --database where it is another file; or, \(remedy)")
        }
        if DatabaseHeader.isCutShort(path: place) {
            return .error("\(place) is no whole database: it is shorter than it says it is", why: why, remedy: remedy)
        }
        switch error {
        case StoreError.diskFull, StoreError.lowSpace:
            return .error(
                reason, why: "SQLite makes files beside a database also to read it", remedy: "make room there",
                status: .inputOutput)
        case StoreError.unusable: break
        default: return .error(reason, why: why, remedy: remedy, status: status(of: failure))
        }
        return .error(reason, why: why, remedy: "use the version that made it; or, \(remedy)")
    }

    /// How doctor ends for what a command would: a full disk is one for it, too.
    private static func status(of failure: CommandFailure) -> ExitStatus {
        [.inputOutput, .temporary].contains(failure.status) ? failure.status : .configuration
    }
}
