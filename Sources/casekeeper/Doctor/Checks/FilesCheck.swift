import CaseStore
import Glibc

extension DoctorCheck {
    static let files = DoctorCheck(
        "files",
        "whose the database, what is beside it, its folder and the backups are, and who may read and write them"
    ) { inspection in
        // Before anything that would end the process, or take what it has for lost.
        if let held = inspection.held { return [inspection.finding(of: held)] }
        // Whose files these are, and who may read them, is nobody's to change where they are no database's.
        if let finding = somethingElse(inspection) { return [finding] }
        guard inspection.isThere || inspection.denial != nil else {
            if let finding = gone(inspection) { return [finding] }
            let trouble = AccessTrouble(ofDatabase: inspection.database, writing: false)
            return [
                .error(
                    trouble.map { "\(inspection.database) can't be reached: \($0)" }
                        ?? "there is no database \(DatabaseName.absolute(inspection.database))",
                    why: "a command that is given another file than the service's says nothing of the service",
                    remedy: inspection.restoreOrBegin, status: .noInput)
            ]
        }
        let foreign = foreign(inspection)
        var findings =
            // That somebody else's can't be read is said with whose it should be.
            (foreign.isEmpty ? unreadable(inspection) : []) + strange(inspection) + foreign + folder(inspection)
            + foreignBackups(inspection) + backups(inspection) + broad(inspection)
            + leftovers(inspection) + rescued(inspection) + shut(inspection)
        if !findings.contains(where: { $0.level == .error }) { findings += unopenable(inspection) }
        guard findings.isEmpty else { return findings }
        let owner = FileStatus(DatabaseName.resolved(inspection.database))?.owner.user
        return [.ok("the database is \(owner.map { Inspection.user($0) } ?? "nobody")'s alone: \(inspection.database)")]
    }

    /// A database that was there: a process has it open, or something is left of it.
    private static func gone(_ inspection: Inspection) -> Finding? {
        let place = DatabaseName.resolved(inspection.database)
        // What it has open is not told to whoever looks.
        if let holder = inspection.holder {
            return .error(
                "\(place) is gone, and process \(holder) has it open",
                why: "what is in it is lost with that process, unless it is saved before",
                remedy:
                    "do not restart it, nor restore a backup: run casekeeper doctor as root, which says how to save it",
                status: .noInput)
        }
        let left =
            [CaseStore.rescuedCopy(of: inspection.database)]
            + ["-wal", "-lock"].map { place + $0 } + [Replication.folder(of: inspection.database)]
        guard let trace = left.first(where: { FileStatus($0) != nil }) else { return nil }
        let isCopy = trace == left[0]
        return .error(
            "\(place) is gone, and \(trace) is left of it", why: "a service would begin with an empty record",
            remedy: isCopy
                ? inspection.command("restore \(DatabaseName.shellWord(trace)) --force")
                : "put the database back, or restore it: \(inspection.restoreWays(isForced: true))",
            status: .noInput)
    }

    /// What stands in the database's place and is none; nil for a database, for an empty file, and for what may not be read.
    private static func somethingElse(_ inspection: Inspection) -> Finding? {
        let place = DatabaseName.resolved(inspection.database)
        guard inspection.denial == nil, let status = FileStatus(place) else { return nil }
        if status.isRegular, status.size == 0 || DatabaseHeader.isOurs(path: place) { return nil }
        return .error(
            status.isRegular
                ? "\(place) is no database of casekeeper, or is damaged where it begins"
                : "\(place) is no regular file",
            why: "no service starts with it",
            remedy: "give --database or --config; what is there is not to be changed for casekeeper's sake")
    }

    /// What stands where the files beside a database are, and is no file by itself.
    private static func strange(_ inspection: Inspection) -> [Finding] {
        DatabaseName.files(of: inspection.database).dropFirst().compactMap { path in
            guard let status = FileStatus(path, followsLink: false), !status.isRegular else { return nil }
            return Finding.error(
                "\(path) is \(status.isLink ? "a symbolic link" : status.isFolder ? "a folder" : "no regular file")",
                why: "a file of the database has to be there, and no service starts without",
                remedy: "with the service stopped, look at what it is, and move it away")
        }
    }

    /// A database that no service is started with, for what its name or its files are to the service's user.
    private static func unopenable(_ inspection: Inspection) -> [Finding] {
        guard let user = ServiceUser(ofDatabase: inspection.database),
            let error = user.acting({ CaseStore.obstacle(toWriting: inspection.database) }).flatMap(\.self)
        else { return [] }
        let failure = CommandFailure(error)
        return [
            .error(
                failure.message, why: "no service starts with it, nor goes on after its next start",
                remedy:
                    "do what is said there, as it is the service's user that is kept out, and run casekeeper doctor again",
                status: failure.status)
        ]
    }

    private static func unreadable(_ inspection: Inspection) -> [Finding] {
        guard let denial = inspection.denial else { return [] }
        return [
            .error(
                "could not look: \(denial.reason)", why: "nothing of the record was looked at", remedy: denial.remedy)
        ]
    }

    /// Whose all of it should be: the folder's owner's, who makes files there; the database's, in root's folder or in one that
    /// many share.
    private static func rightful(_ inspection: Inspection) -> (path: String, owner: uid_t, isFolder: Bool)? {
        let place = DatabaseName.resolved(inspection.database)
        let database = FileStatus(place)?.owner.user
        if let folder = FileStatus(inspection.folder), !folder.isSticky, folder.owner.user != 0 || database == 0 {
            return (inspection.folder, folder.owner.user, true)
        }
        return database.map { (place, $0, false) }
    }

    /// Files of the database that are somebody else's, as what root made.
    private static func foreign(_ inspection: Inspection) -> [Finding] {
        guard let rightful = rightful(inspection) else { return [] }
        let others = DatabaseName.files(of: inspection.database).filter { path in
            FileStatus(path, followsLink: false).map { $0.isRegular && $0.owner.user != rightful.owner } ?? false
        }
        guard !others.isEmpty else { return [] }
        let names = NamedFiles(others)
        return [
            .error(
                "\(names.are) not \(Inspection.user(rightful.owner))'s, as \(rightful.isFolder ? "the folder" : "the database") is",
                why: "the service can't read or write what is somebody else's, and keeps no changes then",
                remedy: "chown --reference=\(DatabaseName.shellWord(rightful.path)) \(names.arguments)")
        ]
    }

    /// The same of the folder of backups, and of what is in it.
    private static func foreignBackups(_ inspection: Inspection) -> [Finding] {
        guard let rightful = rightful(inspection), let folder = FileStatus(inspection.backups, followsLink: false),
            folder.isFolder, folder.identity != FileStatus(inspection.folder)?.identity
        else { return [] }
        let files = BackupFolder.names(in: inspection.backups).map { "\(inspection.backups)/\($0)" }
        let others = ([inspection.backups] + files).filter { path in
            FileStatus(path, followsLink: false)
                .map { ($0.isRegular || $0.isFolder) && $0.owner.user != rightful.owner } ?? false
        }
        guard !others.isEmpty else { return [] }
        let names = NamedFiles(others)
        return [
            .warning(
                "\(names.are) not \(Inspection.user(rightful.owner))'s, as \(rightful.isFolder ? "the folder" : "the database") is",
                why: "the service's user can't make, look at or restore backups that are somebody else's",
                remedy: "chown --reference=\(DatabaseName.shellWord(rightful.path)) \(names.arguments)")
        ]
    }

    private static func folder(_ inspection: Inspection) -> [Finding] {
        guard let status = FileStatus(inspection.folder),
            let owner = FileStatus(DatabaseName.resolved(inspection.database))?.owner.user
        else { return [] }
        let folder = DatabaseName.shellWord(inspection.folder)
        if status.isSticky, status.permissions & 0o022 != 0 {
            return [
                .warning(
                    "others may put files into the folder \(folder), which many share",
                    why: "what is there is everybody's to fill, and a system may empty it by itself",
                    remedy:
                        "with the service stopped, move the database and what is beside it to a folder of its own, and "
                        + "give that with --database")
            ]
        }
        if status.permissions & 0o022 != 0 {
            return [
                .error(
                    "others than its owner may write the folder \(folder)",
                    why: "whoever may write it may put another database in this one's place",
                    remedy: "chmod go-w \(folder)")
            ]
        }
        // Where the folder is a user's it is the database that is not.
        guard status.owner.user != owner, status.owner.user == 0 else { return [] }
        return [
            .error(
                "the folder \(folder) is \(Inspection.user(status.owner.user))'s, and the database \(Inspection.user(owner))'s",
                why: "SQLite makes files beside a database, so who can't write its folder can't keep a change",
                remedy: "chown --reference=\(inspection.shellWord) \(folder)")
        ]
    }

    /// A folder of backups that is not the database's own.
    private static func backups(_ inspection: Inspection) -> [Finding] {
        let folder = DatabaseName.shellWord(inspection.backups)
        if FileStatus(inspection.backups, followsLink: false)?.isLink == true {
            let target = DatabaseName.resolved(inspection.backups)
            guard let status = FileStatus(target), status.permissions & 0o022 != 0 else { return [] }
            return [
                .warning(
                    "the folder of backups \(folder) is a symbolic link to \(target), which others than its owner may write",
                    why: "whoever may write it may delete the backups, or put others in their place",
                    remedy: "have backups made in a folder of their own (--backups)")
            ]
        }
        guard let status = FileStatus(inspection.backups), status.permissions & 0o022 != 0,
            status.identity != FileStatus(inspection.folder)?.identity
        else { return [] }
        return [
            .warning(
                "others than its owner may write the folder of backups \(folder)",
                why: status.isSticky
                    ? "what is restored may be a file that somebody else put there"
                    : "whoever may write it may delete the backups, or put others in their place",
                remedy: status.isSticky
                    ? "have backups made in a folder of their own (--backups)" : "chmod go-w \(folder)")
        ]
    }

    private static func broad(_ inspection: Inspection) -> [Finding] {
        let files = DatabaseName.files(of: inspection.database) + BackupFolder(inspection.backups).backups.map(\.path)
        let broad = files.filter { path in
            FileStatus(path, followsLink: false).map { $0.isRegular && $0.permissions & 0o077 != 0 } ?? false
        }
        guard !broad.isEmpty else { return [] }
        let names = NamedFiles(broad)
        return [
            .warning(
                "others than \(broad.count == 1 ? "its" : "their") owner may read or write \(names.listed)",
                why: "every customer's words are in there, and whoever writes there writes the record",
                remedy: "chmod go= \(names.arguments)")
        ]
    }

    /// What a command left that was killed.
    private static func leftovers(_ inspection: Inspection) -> [Finding] {
        let left = [inspection.folder, inspection.backups].flatMap { folder in
            BackupFolder.names(in: folder).filter(BackupFolder.isPartial).map { "\(folder)/\($0)" }
        }
        guard !left.isEmpty else { return [] }
        let names = NamedFiles(left)
        return [
            .warning(
                "\(names.are) left of a command that was killed, or that is at work",
                why: "that takes room, and is nothing",
                remedy: "while no backup, restore or import runs: rm \(names.arguments)")
        ]
    }

    /// Copies of services that had lost their file, where there is a database again.
    private static func rescued(_ inspection: Inspection) -> [Finding] {
        let place = CaseStore.rescuedCopy(of: inspection.database)
        let folder = DatabaseName.folder(of: place)
        guard !inspection.isMissing, inspection.obstacle == nil else { return [] }
        let copies = BackupFolder.names(in: folder).map { "\(folder)/\($0)" }
            .filter { $0.hasPrefix(place) && DatabaseHeader.isOurs(path: $0) }
        return copies.map { copy in
            let head = try? CaseStore.openStillReader(path: copy).read { try $0.logHead() }
            let word = DatabaseName.shellWord(copy)
            let removal =
                "rm -f \(([copy] + ["-wal", "-shm"].map { copy + $0 }).map(DatabaseName.shellWord).joined(separator: " "))"
            let restore = "with the service stopped: \(inspection.command("restore \(word) --force"))"
            let comparison = head.flatMap(\.self).map { inspection.command("verify --head \($0.id):\($0.hash)") }
            return .warning(
                "\(copy) is a copy that a service made as it had lost its database, and a database is there",
                why: "it may have what the database lacks, and has every customer's words",
                remedy: comparison.map {
                    "\($0) && \(removal): the database has all of it where nothing is found; where something is, and the copy is "
                        + "to go on, \(restore)"
                } ?? "casekeeper verify --database \(word) says whether it is whole; then, \(restore); or \(removal)")
        }
    }

    /// A folder that the sandbox of the unit keeps the service from writing (systemd.exec(5), `ProtectSystem=`).
    private static func shut(_ inspection: Inspection) -> [Finding] {
        guard let unit = inspection.units[.service], let shut = unit.hindrance(toWriting: inspection.folder) else {
            return []
        }
        return [
            .error(
                "the unit casekeeper.service lets the service not write \(inspection.folder), where the database is",
                why: "the service does not start with a database there",
                remedy: "systemctl edit casekeeper, with \(shut) below [Service]; then systemctl restart casekeeper")
        ]
    }
}
