import GRDB

/// A step of the schema that can't be applied to what is in a database, such as a table that is there already: it fails
/// the same way however often it is tried, where a full disk or a lock passes.
struct MigrationFailure: Error, CustomStringConvertible {
    /// The migration's.
    let name: String
    /// In SQLite's words.
    let reason: String

    var description: String { "\(name) fails (\(reason))" }

    /// Whether SQLite minds the statement or the rows, and not the files, the machine or another process.
    static func isOfContents(_ error: DatabaseError) -> Bool {
        [.SQLITE_ERROR, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG].contains(error.resultCode)
    }
}
