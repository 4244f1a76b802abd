import GRDB
import GRDBSQLite
import Synchronization

/// Gauge of the length of the write-ahead log (WAL): SQLite tells after each commit. The size of its file would not do, for the log is
/// begun anew without the file getting shorter.
final class WALGauge: Sendable {
    /// What a page takes in the log (https://www.sqlite.org/fileformat2.html#walformat).
    private static let frameBytes = 4096 + 24

    private let frames = Atomic(0)

    /// The length as of the last commit or checkpoint.
    var bytes: Int { frames.load(ordering: .relaxed) * Self.frameBytes }

    func set(frames count: Int) {
        frames.store(count, ordering: .relaxed)
    }

    /// Has `db` tell how long its log is. This takes the place of SQLite's own checkpoints, which use the same hook.
    /// The gauge must live as long as the connection.
    func watch(_ db: Database) {
        sqlite3_wal_hook(
            db.sqliteConnection,
            { gauge, _, _, frames in
                if let gauge {
                    Unmanaged<WALGauge>.fromOpaque(gauge).takeUnretainedValue().set(frames: Int(frames))
                }
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }
}
