import CaseStore
import Complaints

extension DoctorCheck {
    static let backups = DoctorCheck("backups", "whether there are backups, and the age of the newest") { inspection in
        let path = inspection.backups
        let folder = BackupFolder(path)
        let remedy = (inspection.isMissing ? "once there is a record again, " : "") + making(inspection)
        if let obstacle = inspection.obstacle(reading: path) { return [.unseen("for backups", obstacle)] }
        guard folder.isThere else {
            return [
                .warning(
                    "there is no folder \(path), so no backup in it", why: "what a mistake or a fault takes is gone",
                    remedy:
                        "\(inspection.making((FileStatus(inspection.folder) == nil ? [inspection.folder] : []) + [path])); then "
                        + "\(remedy); --backups names another folder")
            ]
        }
        let empty = empty(folder)
        // Which of those that may not be read is the newest nobody can say.
        let unread = folder.unreadable.compactMap { inspection.obstacle(reading: $0) }.prefix(1)
            .map { Finding.unseen("at all backups", $0) }
        guard unread.isEmpty else { return empty + unread }
        guard let newest = folder.backups.last else {
            return empty + [
                .warning(
                    empty.isEmpty ? "there is no backup in \(path)" : "there is no other backup in \(path)",
                    why: "what a mistake or a fault takes is gone",
                    remedy: "\(remedy); --backups names another folder")
            ]
        }
        let age = inspection.now - newest.madeAt
        let what = "the newest of \(folder.backups.count) is \(newest.path), made \(words(of: age)) ago"
        var findings = empty
        if age > inspection.backupAge {
            findings.append(
                .warning(
                    "\(what), more than --backup-age, \(inspection.backupAge.iso8601)",
                    why: "what was written since is lost with this database", remedy: remedy))
        }
        return findings.isEmpty ? [.ok(what)] : findings
    }

    static let offsite = DoctorCheck(
        "offsite",
        "whether the backups are on another disk than the database, which is not seen of what Litestream sends"
    ) { inspection in
        let folder = inspection.backups
        if let hidden = inspection.hidden { return [.unseen("where the backups are", hidden)] }
        guard let status = FileStatus(folder), !BackupFolder(folder).backups.isEmpty else {
            return [inspection.isReplicated ? unseenReplica("there is no backup") : .ok("no backup is known")]
        }
        guard status.device == FileStatus(inspection.folder)?.device else {
            return [.ok("the backups in \(folder) are on another disk than the database")]
        }
        let same = "the backups in \(folder) are on the disk that the database is on"
        guard !inspection.isReplicated else { return [unseenReplica(same)] }
        return [
            .warning(
                same, why: "they are lost together",
                remedy:
                    "copy them to another machine (rsync, scp), and say so with --except offsite; or replicate the database "
                    + "with Litestream")
        ]
    }

    /// Where Litestream sends what it has read, and whether it arrives, only its settings, its log and a copy tell.
    private static func unseenReplica(_ what: String) -> Finding {
        .warning(
            "\(what), and whether what Litestream has read is on another machine is not seen from here",
            why:
                "a destination that is on this disk, can't be reached or is full is lost with this machine, or has nothing",
            remedy:
                "have litestream sync -wait asked by a timer, and a copy restored and verified each night (operating.md, A standby "
                + "and a point in time), and say so with --except offsite")
    }

    /// What makes a backup now, and others later.
    private static func making(_ inspection: Inspection) -> String {
        let isTimed = inspection.units[.backupTimer] != nil
        let isUsual = inspection.backups == BackupFolder.usual(ofDatabase: inspection.database)
        let folder = isUsual ? "" : " --backups \(DatabaseName.shellWord(inspection.backups))"
        return isTimed
            ? "systemctl enable --now \(ServiceUnit.UnitName.backupTimer.rawValue), and systemctl start "
                + "\(ServiceUnit.UnitName.backup.rawValue) for one now"
            : inspection.command("backup\(folder)") + ", by a timer or cron"
    }

    /// Files that hold nothing, as a disk that was full leaves them.
    private static func empty(_ folder: BackupFolder) -> [Finding] {
        // What SQLite keeps beside a file that was copied there, and is restored from there, says nothing.
        let files = folder.empty.filter { path in
            !["-wal", "-shm", "-journal"].contains {
                path.hasSuffix($0) && FileStatus(String(path.dropLast($0.count))) != nil
            }
        }
        guard !files.isEmpty else { return [] }
        let names = NamedFiles(files)
        return [
            .warning(
                "\(names.are) empty, so \(names.theyAre) no backup\(files.count == 1 ? "" : "s")",
                why: "whatever was to write there has failed",
                remedy: "look into what makes the backups; then: rm \(names.arguments)")
        ]
    }

    /// `3 days`, `2 hours`, `40 minutes`.
    static func words(of span: ElapsedTime) -> String {
        let minutes = max(0, span.wholeSeconds / 60)
        if minutes >= 2880 { return "\(minutes / 1440) days" }
        return minutes >= 120 ? "\(minutes / 60) hours" : "\(minutes) minutes"
    }
}
