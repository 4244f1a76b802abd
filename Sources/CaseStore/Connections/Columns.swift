import Complaints
import GRDB
import GRDBSQLite

/// The row that a statement has come to, by SQLite's own functions.
struct Columns {
    fileprivate let handle: OpaquePointer

    func integer(_ index: Int) -> Int64 { sqlite3_column_int64(handle, Int32(index)) }

    func optionalInteger(_ index: Int) -> Int64? { isNull(index) ? nil : integer(index) }

    func flag(_ index: Int) -> Bool { integer(index) != 0 }

    func instant(_ index: Int) -> Instant { Instant(milliseconds: integer(index)) }

    func optionalInstant(_ index: Int) -> Instant? { isNull(index) ? nil : instant(index) }

    /// NULL is an empty text.
    func text(_ index: Int) -> String {
        guard let bytes = sqlite3_column_text(handle, Int32(index)) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, Int32(index)))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    /// The same without a copy of it, which is good for the call alone.
    func withText<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        let bytes = sqlite3_column_text(handle, Int32(index))
        let count = bytes == nil ? 0 : Int(sqlite3_column_bytes(handle, Int32(index)))
        return try body(UnsafeBufferPointer(start: bytes, count: count))
    }

    func optionalText(_ index: Int) -> String? { isNull(index) ? nil : text(index) }

    /// A text in UTF-8; NULL is an empty one.
    func textBytes(_ index: Int) -> [UInt8] {
        guard let bytes = sqlite3_column_text(handle, Int32(index)) else { return [] }
        return Array(UnsafeBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, Int32(index)))))
    }

    /// NULL is no bytes.
    func bytes(_ index: Int) -> [UInt8] {
        guard let bytes = sqlite3_column_blob(handle, Int32(index)) else { return [] }
        return Array(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, Int32(index)))))
    }

    func optionalBytes(_ index: Int) -> [UInt8]? { isNull(index) ? nil : bytes(index) }

    /// A word of a closed set; the schema's CHECKs hold the same set.
    func word<Word: Vocabulary>(_ index: Int) throws -> Word {
        let text = text(index)
        guard let word = Word(rawValue: text) else { throw StoreError.unreadable("\(text) is no \(Word.self)") }
        return word
    }

    func optionalWord<Word: Vocabulary>(_ index: Int) throws -> Word? { isNull(index) ? nil : try word(index) }

    func isNull(_ index: Int) -> Bool { sqlite3_column_type(handle, Int32(index)) == SQLITE_NULL }
}

/// The values of a statement's parameters, given in their order. Each run gives all of them.
struct Bindings {
    private let handle: OpaquePointer
    private let values: BoundValues
    fileprivate var last: Int32 = 0

    fileprivate init(handle: OpaquePointer, values: BoundValues) {
        self.handle = handle
        self.values = values
    }

    mutating func add(_ integer: Int64?) {
        last += 1
        if let integer { sqlite3_bind_int64(handle, last, integer) } else { sqlite3_bind_null(handle, last) }
    }

    mutating func add(_ instant: Instant?) { add(instant?.milliseconds) }

    mutating func add(_ value: SQLValue) {
        switch value {
        case .integer(let integer): add(integer)
        case .text(let text): add(text)
        }
    }

    mutating func add(_ flag: Bool) { add(flag ? 1 : 0 as Int64) }

    mutating func add(_ text: String?) {
        last += 1
        guard var text else {
            sqlite3_bind_null(handle, last)
            return
        }
        text.withUTF8 { bind(text: UnsafeRawBufferPointer($0)) }
    }

    /// A text in UTF-8.
    mutating func add(text: [UInt8]?) {
        last += 1
        guard let text else {
            sqlite3_bind_null(handle, last)
            return
        }
        text.withUnsafeBytes { bind(text: $0) }
    }

    private func bind(text: UnsafeRawBufferPointer) {
        let count = Int32(text.count)
        if let copy = values.copy(text) {
            sqlite3_bind_text(handle, last, copy.assumingMemoryBound(to: CChar.self), count, nil)
        } else {
            sqlite3_bind_text(handle, last, text.assumingMemoryBound(to: CChar.self).baseAddress, count, Self.copied)
        }
    }

    mutating func add(_ bytes: [UInt8]?) {
        last += 1
        guard let bytes else {
            sqlite3_bind_null(handle, last)
            return
        }
        bytes.withUnsafeBytes { bytes -> Void in
            if let copy = values.copy(bytes) {
                sqlite3_bind_blob(handle, last, copy, Int32(bytes.count), nil)
            } else {
                sqlite3_bind_blob(handle, last, bytes.baseAddress, Int32(bytes.count), Self.copied)
            }
        }
    }

    /// SQLITE_TRANSIENT, which its header says in a way that Swift does not read.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}

/// One run of a prepared statement: it is reset whatever happens.
struct Run {
    let handle: OpaquePointer

    /// Gives the parameters their values.
    func bind(_ values: BoundValues, _ bind: (inout Bindings) throws -> Void) rethrows {
        var bindings = Bindings(handle: handle, values: values)
        try bind(&bindings)
        // One that is left out would have the value of the run before, of whose memory there may be nothing left.
        assert(bindings.last == sqlite3_bind_parameter_count(handle), "Not every parameter has its value.")
    }

    /// Goes through the rows, until `body` says that it has seen enough.
    ///
    /// - Throws: `DatabaseError`, and what `body` throws.
    func rows(_ body: (Columns) throws -> Bool) throws {
        defer { sqlite3_reset(handle) }
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: if try !body(Columns(handle: handle)) { return }
            case SQLITE_DONE: return
            case let code: throw DatabaseError.last(of: sqlite3_db_handle(handle), code: code)
            }
        }
    }
}

extension DatabaseError {
    /// What SQLite says of its last error.
    static func last(of connection: OpaquePointer?, code: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code), message: sqlite3_errmsg(connection).map { String(cString: $0) })
    }
}
