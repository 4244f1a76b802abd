import GRDB
import GRDBSQLite

extension Configuration {
    /// That of a connection which nobody observes by GRDB's means. What a statement reads and changes is noted by GRDB
    /// while SQLite prepares it, for observers; where statements are prepared past GRDB it is all noted together, which
    /// costs more with each of them.
    ///
    /// - Parameter label: what the connection is for, in GRDB's messages.
    static func unobserved(_ label: String) -> Configuration {
        var configuration = Configuration()
        configuration.label = label
        configuration.prepareDatabase { sqlite3_set_authorizer($0.sqliteConnection, nil, nil) }
        return configuration
    }
}
