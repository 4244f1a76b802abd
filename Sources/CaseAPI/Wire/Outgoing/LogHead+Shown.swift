import CaseStore
import Complaints

extension LogHead {
    /// The end of the hash chain over all logs.
    static let shown: [Shown<LogHead>] = [
        .id("id", "The number of the last entry of all logs.") { $0.id },
        .value("hash", Schema(["type": "string", "pattern": "^[0-9a-f]{64}$"]), "SHA-256, over all entries up to it.") {
            $0.hash
        },
        .instant("recorded_at") { $0.recordedAt },
        .count("epoch", "The record's epoch: 1, and one more each time that a copy of it was promoted.") {
            Int($0.epoch)
        },
        .value(
            "record", Schema(["type": "string", "pattern": "^[0-9a-f]{64}$"]),
            "The hash of the first entry of all logs: services with the same go on with one record."
        ) { $0.record },
    ]
}

extension ItemForm<LogHead> {
    static let logHead = ItemForm(LogHead.shown)
}
