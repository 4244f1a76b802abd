import CaseStore
import Complaints

extension DoctorCheck {
    static let backups = DoctorCheck("backups", "whether there are backups, and the age of the newest") { inspection in
        let folder = inspection.backups
        let all = Backup.all(in: folder)
        let first = inspection.isMissing ? "once there is a record again, " : ""
        let remedy =
            first + inspection.command("backup \(DatabaseName.shellWord(folder))/NAME.db") + ", by a timer or cron"
        if let obstacle = inspection.obstacle(reading: folder) { return [.unseen("for backups", obstacle)] }
        guard FileStatus(folder) != nil else {
            return [
                .warning(
                    "there is no folder \(folder), so no backup in it", why: "what a mistake or a fault takes is gone",
                    remedy:
                        "mkdir -m 700 \(DatabaseName.shellWord(folder)) as the service's user, then \(remedy); --backups "
                        + "names another folder")
            ]
        }
        let empty = empty(folder)
        // Which of those that may not be read is the newest nobody can say.
        let unread = unread(folder, inspection)
        guard unread.isEmpty else { return empty + unread }
        guard let newest = all.last else {
            return empty + [
                .warning(
                    empty.isEmpty ? "there is no backup in \(folder)" : "there is no other backup in \(folder)",
                    why: "what a mistake or a fault takes is gone",
                    remedy: "\(remedy); --backups names another folder")
            ]
        }
        let age = inspection.now - newest.madeAt
        let what = "the newest of \(all.count) is \(newest.path), made \(words(of: age)) ago"
        var findings = empty
        if age > inspection.backupAge {
            findings.append(
                .warning(
                    "\(what), more than --backup-age, \(inspection.backupAge.iso8601)",
                    why: "what was written since is lost with this database", remedy: remedy))
        }
        return findings.isEmpty ? [.ok(what)] : findings
    }

    static let offsite = DoctorCheck("offsite", "whether the backups are on another disk than the database") {
        inspection in
        let folder = inspection.backups
        if let hidden = inspection.hidden { return [.unseen("where the backups are", hidden)] }
        guard !inspection.isReplicated else { return [.ok("Litestream has what was written elsewhere")] }
        guard let status = FileStatus(folder), !Backup.all(in: folder).isEmpty else {
            return [.ok("no backup is known")]
        }
        guard status.device == FileStatus(inspection.folder)?.device else {
            return [.ok("the backups in \(folder) are on another disk than the database")]
        }
        return [
            .warning(
                "the backups in \(folder) are on the disk that the database is on", why: "they are lost together",
                remedy:
                    "copy them to another machine (rsync, scp), and say so with --except offsite; or replicate the database "
                    + "with Litestream")
        ]
    }

    /// Files that hold nothing, as a disk that was full leaves them.
    private static func empty(_ folder: String) -> [Finding] {
        let empty = files(folder).filter { FileStatus($0)?.size == 0 }
        guard !empty.isEmpty else { return [] }
        let names = empty.map(DatabaseName.shellWord).joined(separator: " ")
        return [
            .warning(
                "\(names) is empty, so it is no backup", why: "whatever was to write it has failed",
                remedy: "look into what makes the backups; then: rm \(names)")
        ]
    }

    /// Files that may be backups, and may not be read.
    private static func unread(_ folder: String, _ inspection: Inspection) -> [Finding] {
        files(folder).compactMap { inspection.obstacle(reading: $0) }.prefix(1).map { .unseen("at all backups", $0) }
    }

    private static func files(_ folder: String) -> [String] {
        Backup.names(in: folder).filter { !$0.contains(".partial-") }.map { "\(folder)/\($0)" }
            .filter { FileStatus($0)?.isRegular == true }
    }

    /// `3 days`, `2 hours`, `40 minutes`.
    static func words(of span: ElapsedTime) -> String {
        let minutes = max(0, span.wholeSeconds / 60)
        if minutes >= 2880 { return "\(minutes / 1440) days" }
        return minutes >= 120 ? "\(minutes / 60) hours" : "\(minutes) minutes"
    }
}
