import CaseStore
import Complaints
import Foundation

/// A file of a folder that is a database of this program, as a backup is.
struct Backup: Hashable {
    let path: String
    /// When it was last written.
    let madeAt: Instant

    /// Those of a folder, the oldest first.
    static func all(in folder: String) -> [Backup] {
        names(in: folder).compactMap { name in
            let path = "\(folder)/\(name)"
            guard !name.contains(".partial-"), let status = FileStatus(path), status.isRegular,
                DatabaseHeader.isOurs(path: path)
            else { return nil }
            return Backup(path: path, madeAt: status.writtenAt)
        }
        .sorted { $0.madeAt < $1.madeAt }
    }

    /// The names of what is in a folder, in order; of as many as anybody would look through. None where it can't be read.
    static func names(in folder: String) -> [String] {
        Array(((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().prefix(10_000))
    }
}
