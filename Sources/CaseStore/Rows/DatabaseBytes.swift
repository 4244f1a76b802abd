import Foundation
import GRDB

/// Bytes as SQLite stores them.
enum DatabaseBytes {
    static func value(_ bytes: [UInt8]) -> DatabaseValue { Data(bytes).databaseValue }

    static func bytes(_ row: Row, _ index: Int) -> [UInt8] { Array(row[index] as Data) }

    static func optionalBytes(_ row: Row, _ index: Int) -> [UInt8]? { (row[index] as Data?).map(Array.init) }
}

extension [UInt8] {
    /// Two lower-case hexadecimal digits a byte.
    var hex: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
