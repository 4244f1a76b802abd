import CaseStore

/// How the disk and what is on it are doing.
struct DiskFigures: Sendable {
    /// Nil when nobody can tell.
    let freeBytes: Int?
    let log: LogFigures
    let isLatched: Bool
    /// Whether changes are kept now.
    let takesChanges: Bool

    init(_ store: CaseStore) {
        freeBytes = store.freeBytes
        log = store.logFigures
        takesChanges = if case .open = store.writing { true } else { false }
        isLatched = store.latch != nil
    }

    func write(_ text: inout MetricsText) {
        text.metric(
            "casekeeper_writer_ready", .gauge, "1 while changes are kept; else /readyz says why not.",
            takesChanges ? 1 : 0)
        text.metric(
            "casekeeper_writer_latched", .gauge, "1 once nothing is written until the service is restarted.",
            isLatched ? 1 : 0)
        if let freeBytes {
            text.metric("casekeeper_disk_free_bytes", .gauge, "Free on the disk of the database.", freeBytes)
        }
        text.metric("casekeeper_wal_bytes", .gauge, "Length of the write-ahead log.", log.bytes)
        text.metric(
            "casekeeper_wal_limit_bytes", .gauge, "Past this length reports wait until the log has been emptied.",
            log.limit)
        text.metric(
            "casekeeper_replicated", .gauge,
            "1 while Litestream replicates the database: then it empties the log, and no report waits for that.",
            log.isReplicated ? 1 : 0)
        text.metric(
            "casekeeper_checkpoints_total", .counter,
            "Times the log was moved into the database: all of it, all but what readers still needed, or not."
        ) { samples in
            samples.sample(["outcome": "complete"], log.complete)
            samples.sample(["outcome": "partial"], log.partial)
            samples.sample(["outcome": "failed"], log.failed)
        }
    }
}
