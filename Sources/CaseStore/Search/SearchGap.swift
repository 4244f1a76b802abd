/// How far the full-text index is behind the log, as its writer keeps count of it.
///
/// It depends on the log and on what the index knows. Whoever else has written is seen by the id of the log's last entry,
/// and then it is counted anew.
struct SearchGap {
    private var entries: Int64 = 0
    private(set) var bytes = 0
    /// The last entry of the log then; nil as long as nobody has looked.
    private var lastID: Int64?

    /// Whether it is worth an update of the index.
    var isWorthClosing: Bool { entries >= SearchIndex.distance || bytes >= SearchIndex.byteDistance }

    /// What it is after a batch. Where it would be too far the index is brought up to date by that batch.
    func after(_ transaction: WriteTransaction) throws -> SearchGap {
        let (log, search) = (transaction.log, transaction.search)
        var gap = SearchGap()
        gap.lastID = log.lastID
        gap.entries = try search.entriesBehind(log.lastID)
        if gap.entries <= log.count {
            // It knew all before it, or has come to know it meanwhile.
            gap.bytes = gap.entries == 0 ? 0 : log.textBytes
        } else if lastID == log.lastID - log.count {
            gap.bytes = bytes + log.textBytes
        } else {
            gap.bytes = try search.bytesBehind(log.lastID)
        }
        if gap.bytes > SearchIndex.longestByteDistance {
            try search.catchUp()
            (gap.entries, gap.bytes) = (0, 0)
        }
        return gap
    }
}
