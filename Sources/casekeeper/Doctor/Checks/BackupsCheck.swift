import CaseStore
import Complaints

extension DoctorCheck {
    static let backups = DoctorCheck("backups", "the age of the newest backup, and whether it is on another disk") {
        inspection in
        let folder = inspection.backups
        let all = Backup.all(in: folder)
        let remedy = inspection.command("backup \(DatabaseName.shellWord(folder))/NAME.db") + ", by a timer or cron"
        guard let newest = all.last else {
            return [
                .warning(
                    "there is no backup in \(folder)", why: "what a mistake or a fault takes is gone",
                    remedy: "\(remedy); --backups names another folder")
            ]
        }
        let age = inspection.now - newest.madeAt
        let what = "the newest of \(all.count) is \(newest.path), made \(words(of: age)) ago"
        var findings: [Finding] = []
        if age > inspection.backupAge {
            findings.append(
                .warning(
                    "\(what), more than --backup-age, \(inspection.backupAge.iso8601)",
                    why: "all since is lost where this database is", remedy: remedy))
        }
        if !inspection.isReplicated, FileStatus(folder)?.device == FileStatus(inspection.folder)?.device {
            findings.append(
                .warning(
                    "the backups in \(folder) are on the disk that the database is on", why: "they are lost together",
                    remedy: "copy them to another machine (rsync, scp), or replicate the database with Litestream"))
        }
        return findings.isEmpty ? [.ok(what)] : findings
    }

    /// `3 days`, `2 hours`, `40 minutes`.
    static func words(of span: ElapsedTime) -> String {
        let minutes = max(0, span.wholeSeconds / 60)
        if minutes >= 2880 { return "\(minutes / 1440) days" }
        return minutes >= 120 ? "\(minutes / 60) hours" : "\(minutes) minutes"
    }
}
