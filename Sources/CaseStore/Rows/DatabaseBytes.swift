import Foundation
import GRDB

/// Bytes as SQLite stores them.
enum DatabaseBytes {
    static func value(_ bytes: [UInt8]) -> DatabaseValue { Data(bytes).databaseValue }

    static func bytes(_ row: Row, _ index: Int) -> [UInt8] { Array(row[index] as Data) }
}
