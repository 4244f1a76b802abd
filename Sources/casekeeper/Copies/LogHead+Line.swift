import CaseStore
import Complaints

extension LogHead {
    /// For a person to write down: the hash comes first, as `verify --head` takes it.
    var line: String {
        "\(hash) (entry \(id), \(epoch > 1 ? "epoch \(epoch), " : "")\(recordedAt.rfc3339))"
    }
}
