import Foundation

/// Under which names a database may be opened. SQLite keeps its write-ahead log beside the name it was given, so a file
/// that has two may have two logs, each with changes that were answered and of which the other knows nothing.
extension DatabaseFiles {
    /// Looks whether a database is the only one of its file. Not to be asked once this process has it open.
    ///
    /// - Parameter writing: whether it is to be written. One that is only read may have other names while nobody
    ///   writes, as copies made of hard links do.
    /// - Throws: `StoreError.inUse` when a process has the file under another name, `.unusable` when it has, or may have,
    ///   one under which somebody could open it.
    static func requireOneName(_ path: String, writing: Bool) throws(StoreError) {
        guard let status = FileStatus(path), status.isRegular else { return }
        // Whoever has it under this name has the lock beside it, too.
        if InodeLock.isHeld(path), DatabaseLock.held(ofDatabase: path) == nil {
            // Unless that is another user's, of which nobody can say whether it is held.
            if let trouble = AccessTrouble(of: DatabaseLock.path(ofDatabase: path)) {
                throw .unusable("\(path) can't be locked: \(trouble)")
            }
            throw InodeLock.inUse(path)
        }
        guard writing else { return }
        guard status.linkCount < 2 else {
            throw .unusable(
                "\(path) has \(status.linkCount) names (hard links), and what is written under one is lost under the "
                    + "others. Find them with find -samefile and remove all but one; a copy is made by casekeeper backup."
            )
        }
        guard !isMountPoint(path) else {
            throw .unusable(
                "\(path) is mounted by itself, without what SQLite keeps beside it, so that what is written would be "
                    + "lost where else the file is. Mount its folder.")
        }
    }

    /// Whether a file is itself where something is mounted (proc_pid_mountinfo(5)), as `docker run -v FILE:FILE` does.
    /// Where the system does not tell, it is taken for none.
    private static func isMountPoint(_ path: String) -> Bool {
        guard let mounts = FileManager.default.contents(atPath: "/proc/self/mountinfo") else { return false }
        let place = escaped(DatabaseName.resolved(path))
        return mounts.split(separator: UInt8(ascii: "\n")).contains { line in
            line.split(separator: UInt8(ascii: " ")).dropFirst(4).first.map { $0.elementsEqual(place) } ?? false
        }
    }

    /// As the system writes a path there.
    private static func escaped(_ path: String) -> [UInt8] {
        path.utf8.flatMap { byte in
            switch byte {
            case UInt8(ascii: " "): Array(#"\040"#.utf8)
            case UInt8(ascii: "\t"): Array(#"\011"#.utf8)
            case UInt8(ascii: "\n"): Array(#"\012"#.utf8)
            case UInt8(ascii: "\\"): Array(#"\134"#.utf8)
            default: [byte]
            }
        }
    }
}
