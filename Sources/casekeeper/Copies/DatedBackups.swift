import CaseStore
import Complaints
import Foundation

/// The backups of a folder that the program names itself, by when they were begun: `casekeeper-20261130T081500Z.db`. So the
/// order of their names is that of their age, whatever copied them since; and what anybody else has put there is not theirs to delete.
struct DatedBackups {
    let folder: String

    /// Where one of now goes.
    ///
    /// - Throws: `CommandFailure` (74) where there is no such folder: on a disk that is not mounted none is made.
    func place(at now: Instant) throws -> String {
        guard FileStatus(folder)?.isFolder == true else {
            throw CommandFailure(
                .inputOutput,
                "there is no folder \(folder): mount what has it, make it (mkdir -m 700 \(DatabaseName.shellWord(folder))), or name "
                    + "another one with --backups")
        }
        let digits = now.rfc3339.prefix(19).filter { $0 != "-" && $0 != ":" }
        return "\(folder)/casekeeper-\(digits)Z.db"
    }

    /// Makes the folder beside the database, where nothing stands in its place: for the service's user, whose the folder around
    /// it is. That it can't be made shows as it is used.
    func makeFolder() {
        guard FileStatus(folder, followsLink: false) == nil, mkdir(folder, 0o700) == 0 else { return }
        let around = FileStatus(DatabaseName.folder(of: folder))
        guard geteuid() == 0, let owner = around?.owner, owner.user != 0 else { return }
        // By its descriptor: whoever may write the folder around it may have put a link there meanwhile.
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        if FileStatus(descriptor: descriptor)?.owner.user == 0 { _ = fchown(descriptor, owner.user, owner.group) }
    }

    /// Deletes the oldest past that number, 0 for none, and returns them.
    ///
    /// - Parameter made: the one that was made last, which stays whatever a clock said when others were made.
    /// - Throws: `CommandFailure` (74) where one can't be deleted.
    func deleteOldest(keeping count: Int, besides made: String) throws -> [String] {
        guard count > 0 else { return [] }
        let all = BackupFolder.names(in: folder).filter(Self.isOwn).map { "\(folder)/\($0)" }.filter {
            FileStatus($0, followsLink: false)?.isRegular == true && DatabaseHeader.isOurs(path: $0)
        }
        let others = all.filter { !$0.utf8.elementsEqual(made.utf8) }
        let surplus = others.prefix(max(0, others.count + 1 - count))
        for path in surplus where unlink(path) != 0 {
            throw CommandFailure(.inputOutput, "the backup was made, but \(path) can't be deleted: \(SystemError())")
        }
        return Array(surplus)
    }

    private static func isOwn(_ name: String) -> Bool {
        name.wholeMatch(of: /casekeeper-[0-9]{8}T[0-9]{6}Z\.db/) != nil
    }
}
