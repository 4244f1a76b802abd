import Foundation
import GRDB

/// The rollback journal that stands beside a database after its process died in the middle of a change, as one may that makes
/// a database or first opens a backup; after that it is in WAL mode. What is in the database is then half of a change, until
/// somebody who may write it has taken that back by what is in the journal (https://www.sqlite.org/lockingv3.html#hot_journals).
package enum HotJournal {
    /// How long whoever is at a change just then is waited for, in seconds.
    private static let patience = 5.0

    /// Whether there is one, or somebody is at a change now. Nothing is opened but the journal.
    package static func isLeft(besideDatabase path: String) -> Bool {
        let place = DatabaseName.resolved(path)
        guard let database = FileStatus(place), database.isRegular, database.size > 0 else { return false }
        let descriptor = open(name(place), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // With nothing, or zeros, where it begins, it holds nothing to take back.
        var first: UInt8 = 0
        return pread(descriptor, &first, 1, 0) == 1 && first != 0
    }

    /// Takes back what a journal has, where there is one, so that the database can be read. SQLite's own locks see to it that
    /// nobody is at a change, or at the same, meanwhile.
    ///
    /// - Throws: `StoreError.unusable` where this process may not, and what SQLite says.
    static func rollBack(besideDatabase path: String) throws {
        guard isLeft(besideDatabase: path) else { return }
        if let trouble = AccessTrouble(ofDatabase: path, writing: true) ?? AccessTrouble(of: name(path)) {
            throw StoreError.unusable(
                "\(path) was left in the middle of a change, which \(name(path)) is there to take back before it can be read: "
                    + "\(trouble) Whoever may write it does so by any command that reads it, such as casekeeper verify."
            )
        }
        var configuration = Configuration.unobserved("casekeeper.rollback")
        configuration.busyMode = .timeout(patience)
        do {
            let connection = try DatabaseQueue(path: DatabaseName.plain(path), configuration: configuration)
            try connection.inDatabase { try $0.run("SELECT 1 FROM sqlite_schema") }
            try connection.close()
        } catch let error as DatabaseError {
            throw StoreError(error, opening: path)
        }
    }

    private static func name(_ path: String) -> String { DatabaseName.resolved(path) + "-journal" }
}
