import CaseStore
import GRDB

extension Desk {
    /// Changes rows as somebody would who has the file and wants to rewrite history.
    func tamper(_ sql: String) throws {
        try Self.tamper(store.path, sql)
    }

    /// The same with any database.
    static func tamper(_ path: String, _ sql: String) throws {
        try defenceless(path).writeWithoutTransaction { try $0.execute(sql: sql) }
    }

    /// Its database without what keeps rows as they are: triggers, and references.
    func defenceless() throws -> DatabaseQueue { try Self.defenceless(store.path) }

    private static func defenceless(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let raw = try DatabaseQueue(path: path, configuration: configuration)
        try raw.writeWithoutTransaction { db in
            for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
                try db.execute(sql: "DROP TRIGGER \(name)")
            }
        }
        return raw
    }
}
