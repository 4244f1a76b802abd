import Complaints
import Foundation

/// Why a database can't be used, where SQLite only knows that it can't: what the system says of its folder, its file and
/// the files beside it, to the user that this process runs as.
package struct AccessTrouble: Sendable, Hashable, CustomStringConvertible {
    /// The end of a sentence, with what would help.
    package let description: String
    /// How the database is called in a sentence that begins with its name.
    private static let database = "it"

    /// Whether it is only that there is no such folder.
    package let isMissing: Bool

    /// Looks at what is there, and changes nothing.
    ///
    /// - Parameter writing: whether the database is to be made or changed.
    /// - Returns: nil when nothing is seen to be in the way. A database that is not there is not.
    package init?(ofDatabase path: String, writing: Bool) {
        let place = DatabaseName.resolved(path)
        let folder = URL(filePath: place).deletingLastPathComponent().path
        if let trouble = Self.entering(folder) ?? Self.using(place, Self.database, R_OK | (writing ? W_OK : 0)) {
            self = trouble
            return
        }
        var isComplete = FileStatus(place) != nil
        for companion in ["-wal", "-shm"].map({ place + $0 }) {
            if let trouble = Self.using(companion, companion, R_OK | (writing ? W_OK : 0)) {
                self = trouble
                return
            }
            isComplete = isComplete && FileStatus(companion) != nil
        }
        guard writing, !isComplete, let trouble = Self.using(folder, "its folder \(folder)", W_OK) else { return nil }
        self = trouble
    }

    /// The same of a single file beside a database, such as its lock.
    package init?(of path: String) {
        guard let trouble = Self.using(path, path, R_OK | W_OK) else { return nil }
        self = trouble
    }

    private init(_ description: String, isMissing: Bool = false) {
        self.description = description
        self.isMissing = isMissing
    }

    /// What is in the way to a folder: the first on the path that is none, or that may not be entered.
    private static func entering(_ folder: String) -> AccessTrouble? {
        var path = ""
        for component in ["/"] + URL(filePath: folder).pathComponents.dropFirst() {
            path = URL(filePath: path.isEmpty ? "/" : path).appending(path: component).path
            var status = stat()
            guard stat(path, &status) == 0 else {
                let error = SystemError()
                guard error.code == ENOENT else { return AccessTrouble("\(path): \(error).") }
                return AccessTrouble("its folder \(folder) does not exist.", isMissing: true)
            }
            guard status.st_mode & S_IFMT == S_IFDIR else { return AccessTrouble("\(path) is no folder.") }
            if let trouble = using(path, "the folder \(path)", X_OK) { return trouble }
        }
        return nil
    }

    /// What keeps this process from reading (`R_OK`), writing or entering what is at a path, if there is anything.
    private static func using(_ path: String, _ name: String, _ mode: Int32) -> AccessTrouble? {
        for (bit, verb) in [(R_OK, "read"), (W_OK, "write"), (X_OK, "enter")] where mode & bit != 0 {
            guard faccessat(AT_FDCWD, path, bit, AT_EACCESS) != 0 else { continue }
            let error = SystemError()
            switch error.code {
            case ENOENT: return nil
            case EROFS:
                return AccessTrouble(
                    "\(name) is on a file system that is read-only, and SQLite makes files beside a database also to read it: "
                        + "copy it elsewhere.")
            case EACCES, EPERM:
                return AccessTrouble(forbidden(verb, path, name))
            // What the sentence is of needs no name of its own.
            default: return AccessTrouble(name == Self.database ? "\(error)." : "\(name): \(error).")
            }
        }
        return nil
    }

    private static func forbidden(_ verb: String, _ path: String, _ name: String) -> String {
        let me = user(geteuid())
        guard let status = FileStatus(path), status.owner.user != geteuid() else {
            return "\(me) may not \(verb) \(name): change its permissions."
        }
        let owner = user(status.owner.user)
        let whose = "\(me) may not \(verb) \(name), which belongs to \(owner)"
        let folder = DatabaseName.folder(of: DatabaseName.resolved(path))
        // In a folder of the service's user what is another's was made by mistake, as root makes it.
        guard !status.isFolder, let around = FileStatus(folder), around.owner.user != 0, !around.isSticky,
            around.owner.user != status.owner.user
        else {
            return "\(whose): run casekeeper as \(owner), or change its owner or permissions."
        }
        let command = "chown --reference=\(DatabaseName.shellWord(folder)) \(DatabaseName.shellWord(path))"
        return "\(whose), and its folder to \(user(around.owner.user)), whose it should likely be, too: \(command), "
            + "as root."
    }

    /// By its name, as far as it has one.
    private static func user(_ id: uid_t) -> String {
        guard let entry = getpwuid(id), let name = entry.pointee.pw_name else { return "user \(id)" }
        return "user \(String(cString: name))"
    }
}
