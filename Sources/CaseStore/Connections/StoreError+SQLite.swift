import GRDB

extension StoreError {
    /// SQLite's extended result code (https://www.sqlite.org/rescode.html) as one of ours.
    init(_ error: DatabaseError) {
        switch error.resultCode {
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN: self = .readOnly
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(error.words)
        case .SQLITE_IOERR: self = Self.ofDevice(error)
        default: self = .failed(error.words)
        }
    }

    init(_ error: DatabaseError, opening path: String) {
        switch error.resultCode {
        case .SQLITE_CANTOPEN:
            let trouble =
                AccessTrouble(ofDatabase: path, writing: false) ?? AccessTrouble(ofDatabase: path, writing: true)
            let reason = trouble?.description ?? DescriptorLimit.trouble ?? "SQLite says: \(error.words)."
            self = .unusable("\(path) can't be opened: \(reason)")
        case .SQLITE_NOTADB:
            self = .unusable("\(path) is no SQLite database. Give another file.")
        case .SQLITE_READONLY, .SQLITE_PERM:
            let trouble = AccessTrouble(ofDatabase: path, writing: true)
            self = .unusable("\(path) can't be written: \(trouble?.description ?? "SQLite says: \(error.words).")")
        case .SQLITE_CORRUPT:
            self = .unusable("\(path) is damaged: restore a backup. (\(error.message ?? "no message"))")
        case .SQLITE_IOERR: self = Self.ofDevice(error, DiskSpace(at: DatabaseName.folder(ofDatabase: path)))
        default: self.init(error)
        }
    }

    /// What SQLite calls an error of the disk, and has another cause where it could not write: it tells that the disk is full
    /// only of the database and its log, not of the shared memory beside them; and of a limit on the length of files nothing.
    ///
    /// - Parameter space: on the disk that the database is on; nil where that is not known.
    private static func ofDevice(_ error: DatabaseError, _ space: DiskSpace? = nil) -> StoreError {
        guard error.isOfLength, FileSizeLimit.bytes ?? .max >= leastWritten,
            space.map({ $0.free < leastWritten }) ?? (error.extendedResultCode == .SQLITE_IOERR_SHMSIZE)
        else { return .failed(error.words) }
        return .diskFull
    }

    /// Shared memory is made in pieces of so many bytes.
    private static let leastWritten = 32 << 10
}

extension DatabaseError {
    /// What went wrong in SQLite's words, for the log; in better ones where it only knows that a file could not get longer.
    var words: String {
        let cause = isOfLength ? FileSizeLimit.trouble : nil
        return "\(extendedResultCode): \(cause ?? message ?? "no message")"
    }

    /// Whether it may be that a file could not get longer.
    fileprivate var isOfLength: Bool {
        [.SQLITE_IOERR_WRITE, .SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_TRUNCATE].contains(extendedResultCode)
    }

    private static let ofStorage: [ResultCode] = [
        .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_NOMEM, .SQLITE_PROTOCOL,
        .SQLITE_BUSY, .SQLITE_LOCKED,
    ]

    /// Whether it says something of the files or the machine, and not of what was asked.
    var isOfStorage: Bool { Self.ofStorage.contains(resultCode) }

    /// Whether the file is not what SQLite would have written.
    var isDamage: Bool { [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(resultCode) }
}
