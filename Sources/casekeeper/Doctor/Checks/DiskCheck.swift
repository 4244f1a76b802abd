import CaseStore

extension DoctorCheck {
    static let disk = DoctorCheck("disk", "free space where the database is, and where the backups are") { inspection in
        var findings: [Finding] = []
        if let hidden = inspection.hidden { return [.unseen("at the disk", hidden)] }
        let size = FileStatus(DatabaseName.resolved(inspection.database))?.size ?? 0
        guard let space = DiskSpace(at: inspection.folder) else {
            return [.ok("nobody can tell how much is free in \(inspection.folder)")]
        }
        let reserve = inspection.minFreeSpace ?? space.usualReserve
        let free = "\(Inspection.size(space.free)) are free in \(inspection.folder)"
        if space.free < reserve {
            findings.append(
                .error(
                    "\(free), and \(Inspection.size(reserve)) have to be (--min-free-space)",
                    why: "changes get 507 disk_full until there is more room",
                    remedy: "make room there, or a larger disk",
                    status: .inputOutput))
        } else if space.free < reserve + size {
            findings.append(
                .warning(
                    "\(free), less than the database has (\(Inspection.size(size))) and what is kept free",
                    why: "a backup before an upgrade, and the upgrade itself, take as much again",
                    remedy: "make room there, or have backups made on another disk (--backups)"))
        } else {
            findings.append(.ok("\(free), and the database has \(Inspection.size(size))"))
        }
        if let backups = FileStatus(inspection.backups), backups.device != FileStatus(inspection.folder)?.device,
            let space = DiskSpace(at: inspection.backups), space.free < size
        {
            findings.append(
                .warning(
                    "\(Inspection.size(space.free)) are free in \(inspection.backups), and a backup takes "
                        + Inspection.size(size), why: "the next backup fails",
                    remedy: "delete old ones, or make room there"))
        }
        return findings
    }
}
