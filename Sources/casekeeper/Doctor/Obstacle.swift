import CaseStore
import Foundation

/// Why nothing of a thing could be read that may be there, and what helps. It says nothing about the thing.
struct Obstacle: Sendable, Hashable {
    /// The end of a sentence that begins with "could not look".
    let reason: String
    let remedy: String

    init(reason: String, remedy: String) {
        self.reason = reason
        self.remedy = remedy
    }

    /// That this process may not read a file or look into a folder; nil where it may, and where there is none.
    ///
    /// - Parameters:
    ///   - path: of a file, a folder, or a socket, which has to be written to be asked.
    ///   - database: what is to be looked at by whoever may.
    init?(reading path: String, ofDatabase database: String, isSocket: Bool = false) {
        let status = FileStatus(path)
        let mode = isSocket ? W_OK : R_OK | (status?.isFolder == true ? X_OK : 0)
        guard faccessat(AT_FDCWD, path, mode, AT_EACCESS) != 0, errno == EACCES || errno == EPERM else { return nil }
        let owner = status?.owner.user
        let reader = Inspection.user(geteuid())
        guard owner != geteuid() else {
            self.init(
                reason: "\(reader) may not read \(path)",
                remedy: "chmod u+r\(status?.isFolder == true ? "x" : "") \(DatabaseName.shellWord(path))")
            return
        }
        let folder = DatabaseName.folder(of: DatabaseName.resolved(database))
        if let owner, let around = FileStatus(folder), around.owner.user == geteuid(), !around.isSticky {
            // Nobody need look who may: the service can't read it either.
            self.init(
                reason:
                    "\(reader), whose the database's folder is, may not read \(path), which is "
                    + "\(Inspection.user(owner))'s",
                remedy:
                    "as root: chown --reference=\(DatabaseName.shellWord(folder)) \(DatabaseName.shellWord(path))")
            return
        }
        let command = "casekeeper doctor --database \(DatabaseName.shellWord(database))"
        let launcher = owner.flatMap { $0 == 0 ? nil : "sudo -u \(Inspection.userName($0) ?? "'#\($0)'") " } ?? "sudo "
        self.init(
            reason:
                "\(reader) may not \(isSocket ? "ask at" : "read") \(path)\(owner.map { ", which is \(Inspection.user($0))'s" } ?? "")",
            remedy: "run casekeeper doctor as the service's user, or as root: \(launcher)\(command)")
    }

    /// Of the first of a database's files that this process may not read.
    init?(readingDatabase database: String) {
        let place = DatabaseName.resolved(database)
        let obstacles = [place, place + "-wal", place + "-shm"].lazy.compactMap {
            Obstacle(reading: $0, ofDatabase: database)
        }
        guard let first = obstacles.first else { return nil }
        self = first
    }

    /// That root's look would change whose the files beside a database are: SQLite gives them to the database's owner
    /// (`robustFchown` in os_unix.c).
    init?(givingBack database: String) {
        let place = DatabaseName.resolved(database)
        guard geteuid() == 0, let owner = FileStatus(place)?.owner.user else { return nil }
        let others = [place + "-wal", place + "-shm"].filter { FileStatus($0).map { $0.owner.user != owner } ?? false }
        guard let other = others.first else { return nil }
        self.init(
            reason: "\(other) is not the user's whose the database is, and to read it as root would change that",
            remedy: "do what is said of the files, and run casekeeper doctor again")
    }
}

extension Finding {
    /// That there was no look, which is nothing about the thing.
    ///
    /// - Parameter what: was to be looked at, as the words behind "could not look".
    static func unseen(_ what: String = "", _ obstacle: Obstacle) -> Finding {
        var finding = Finding.warning(
            "could not look\(what.isEmpty ? "" : " \(what)"): \(obstacle.reason)",
            why: "what is wrong with it, if anything, is not known", remedy: obstacle.remedy)
        finding.isUnseen = true
        return finding
    }
}
