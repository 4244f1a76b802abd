import GRDB
import TestSupport

@testable import CaseStore

/// A database as migrations make it, made once: to make it anew would take more than most tests do with it. What migrations
/// make of an empty file, tests of theirs look at.
enum NewDatabase {
    private static let template = Result {
        try FileTemplate { path in
            let connection = try SQLiteConnection.open(path: path, readonly: false, options: StoreOptions())
            _ = try connection.inDatabase { try Migrator(path: path).migrate($0) }
            try connection.close()
        }
    }

    /// Puts one there, unless there is a database already.
    static func make(at path: String) throws {
        try template.get().copyUnlessThere(path)
    }
}
