import CaseStore
import Glibc

extension DoctorCheck {
    static let files = DoctorCheck(
        "files",
        "whose the database, what is beside it, its folder and the backups are, and who may read and write them"
    ) { inspection in
        guard inspection.isThere else {
            let trouble = AccessTrouble(ofDatabase: inspection.database, writing: false)
            return [
                .error(
                    trouble.map { "\(inspection.database) can't be reached: \($0)" }
                        ?? "there is no database \(DatabaseName.absolute(inspection.database))",
                    why: "a command that is given another file than the service's says nothing of the service",
                    remedy:
                        "give --database or --config, or make it: casekeeper migrate --database \(inspection.shellWord)",
                    status: .noInput)
            ]
        }
        let findings =
            unreadable(inspection) + foreign(inspection) + folder(inspection) + broad(inspection)
            + leftovers(inspection)
        guard findings.isEmpty else { return findings }
        let owner = FileStatus(DatabaseName.resolved(inspection.database))?.owner.user
        return [.ok("the database is \(owner.map { Inspection.user($0) } ?? "nobody")'s alone: \(inspection.database)")]
    }

    private static func unreadable(_ inspection: Inspection) -> [Finding] {
        guard let trouble = AccessTrouble(ofDatabase: inspection.database, writing: false) else { return [] }
        return [
            .error(
                "\(inspection.database) can't be read: \(trouble)", why: "nothing of the record was looked at",
                remedy: "run casekeeper doctor as the service's user, or as root")
        ]
    }

    /// Files beside the database that are somebody else's, as what root made.
    private static func foreign(_ inspection: Inspection) -> [Finding] {
        let files = DatabaseName.files(of: inspection.database)
        guard let owner = FileStatus(files[0])?.owner.user else { return [] }
        let others = files.dropFirst().filter { FileStatus($0).map { $0.owner.user != owner } ?? false }
        guard !others.isEmpty else { return [] }
        let names = others.map(DatabaseName.shellWord).joined(separator: " ")
        return [
            .error(
                "\(names) is not \(Inspection.user(owner))'s, as the database is",
                why: "the service can't write what is somebody else's, and keeps no changes then",
                remedy: "chown --reference=\(inspection.shellWord) \(names)")
        ]
    }

    private static func folder(_ inspection: Inspection) -> [Finding] {
        guard let status = FileStatus(inspection.folder),
            let owner = FileStatus(DatabaseName.resolved(inspection.database))?.owner.user
        else { return [] }
        let folder = DatabaseName.shellWord(inspection.folder)
        if status.permissions & 0o022 != 0 {
            return [
                .error(
                    "others than its owner may write the folder \(folder)",
                    why: "whoever may write it may put another database in this one's place",
                    remedy: "chmod go-w \(folder)")
            ]
        }
        guard status.owner.user != owner, owner != 0 else { return [] }
        return [
            .error(
                "the folder \(folder) is \(Inspection.user(status.owner.user))'s, and the database \(Inspection.user(owner))'s",
                why: "SQLite makes files beside a database, so who can't write its folder can't keep a change",
                remedy: "chown --reference=\(inspection.shellWord) \(folder)")
        ]
    }

    private static func broad(_ inspection: Inspection) -> [Finding] {
        let files = DatabaseName.files(of: inspection.database) + Backup.all(in: inspection.backups).map(\.path)
        let broad = files.filter { FileStatus($0).map { $0.permissions & 0o077 != 0 } ?? false }
        guard !broad.isEmpty else { return [] }
        let names = broad.map(DatabaseName.shellWord).joined(separator: " ")
        return [
            .warning(
                "others than its owner may read or write \(names)",
                why: "it holds what every customer said, and whoever writes it writes the record",
                remedy: "chmod go= \(names)")
        ]
    }

    /// What a command left that was killed.
    private static func leftovers(_ inspection: Inspection) -> [Finding] {
        let left = [inspection.folder, inspection.backups].flatMap { folder in
            Backup.names(in: folder).filter { $0.contains(".partial-") }.map { "\(folder)/\($0)" }
        }
        guard !left.isEmpty else { return [] }
        let names = left.map(DatabaseName.shellWord).joined(separator: " ")
        return [
            .warning(
                "\(names) is left of a command that was killed, or that is at work",
                why: "it takes room, and is nothing",
                remedy: "while no backup, restore or import runs: rm \(names)")
        ]
    }
}
