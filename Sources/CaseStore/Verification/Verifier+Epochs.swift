import Complaints

extension Verifier {
    /// Every epoch was begun by an entry of the log, each after the one before it, and none that was seen elsewhere is one that
    /// there can't be.
    mutating func checkEpochs() throws {
        try addFirst(
            "epochs",
            """
            SELECT e.id FROM epoch e
            WHERE NOT EXISTS (SELECT 1 FROM case_log l WHERE l.about = 'epoch' AND l.about_id = e.id AND l.seq = 1
                AND l.kind = '\(LogKind.epochBegun.rawValue)' AND l.recorded_at = e.begun_at)
            LIMIT 1
            """
        ) { "Epoch \($0.integer(0)) is there, and the log does not say that it began." }
        try addFirst(
            "epochs",
            """
            SELECT l.about_id FROM case_log l
            WHERE l.about = 'epoch' AND EXISTS (SELECT 1 FROM case_log n
                WHERE n.about = 'epoch' AND n.id > l.id AND n.about_id <= l.about_id)
            LIMIT 1
            """
        ) { "Epoch \($0.integer(0)) began before one of a lower number." }
    }
}
