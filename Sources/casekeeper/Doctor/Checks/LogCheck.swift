import CaseStore

extension DoctorCheck {
    static let log = DoctorCheck("log", "the length of the write-ahead log, beside --wal-limit") { inspection in
        if let hidden = inspection.hidden { return [.unseen("at the write-ahead log", hidden)] }
        let bytes = FileStatus(DatabaseName.resolved(inspection.database) + "-wal")?.size ?? 0
        let what = "the write-ahead log has \(Inspection.size(bytes))"
        guard bytes > inspection.walLimit else { return [.ok(what)] }
        let over = "\(what), more than --wal-limit, \(Inspection.size(inspection.walLimit))"
        if inspection.isReplicated {
            return [
                .warning(
                    over, why: "Litestream empties it, and stands: what was answered since is not replicated",
                    remedy: "look into Litestream's log, and restart it")
            ]
        }
        return [
            .warning(
                over, why: "reports and exports wait until it has been emptied, and the disk fills",
                remedy:
                    "end a backup, an export or another program that has been reading the database for long: fuser -v "
                    + inspection.shellWord)
        ]
    }
}

extension Inspection {
    /// Whether Litestream replicates the database.
    var isReplicated: Bool { Replication(path: database, isSaid: isSaidReplicated).isThere }
}
