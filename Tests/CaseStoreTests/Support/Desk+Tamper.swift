import CaseStore
import GRDB

extension Desk {
    /// Changes rows as somebody would who has the file and wants to rewrite history.
    func tamper(_ sql: String) throws {
        try Self.tamper(store.path, sql)
    }

    /// The same with any database.
    static func tamper(_ path: String, _ sql: String) throws {
        try DatabaseQueue(path: path).writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
                try db.execute(sql: "DROP TRIGGER \(name)")
            }
            try db.execute(sql: sql)
        }
    }
}
