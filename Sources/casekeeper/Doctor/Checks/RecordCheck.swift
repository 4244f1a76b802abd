import ArgumentParser
import CaseStore

extension DoctorCheck {
    static let record = DoctorCheck("record", "whether the database can be read, and has the shape of this version") {
        inspection in
        guard inspection.isThere else { return [.ok("there is none to read")] }
        let pending = Inspection.Outcome { try CaseStore.pendingMigrations(path: inspection.database) }
        if case .failed(let reason) = pending {
            return [
                .error(
                    reason, why: "the service does not start with such a database",
                    remedy: "use the version that made it, or restore a backup: casekeeper restore BACKUP --database "
                        + "\(inspection.shellWord) --force")
            ]
        }
        if let pending = pending.value, !pending.isEmpty {
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
        case .failed(let reason):
            return [
                .error(
                    reason, why: "what can't be read here the service may not read either",
                    remedy: inspection.command("verify"))
            ]
        case .read(let record):
            let end = record.head.map { "ends with entry \($0.id) of epoch \($0.epoch)" } ?? "has no entries yet"
            return [.ok("the database has the shape of this version, and its log \(end)")]
        }
    }
}
