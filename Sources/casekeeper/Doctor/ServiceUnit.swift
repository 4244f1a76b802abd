/// A unit of the package, as systemd tells of it (systemctl(1), `show`).
struct ServiceUnit: Sendable {
    /// Those that doctor knows of.
    enum Name: String, CaseIterable {
        case service = "casekeeper.service"
        case backup = "casekeeper-backup.service"
        case backupTimer = "casekeeper-backup.timer"
        case head = "casekeeper-head.service"
        case headTimer = "casekeeper-head.timer"
    }

    static let properties = [
        "Id", "LoadState", "UnitFileState", "ActiveState", "SubState", "ExecMainCode", "ExecMainStatus", "Result",
    ]

    let name: Name
    private let properties: [String: String]

    /// - Parameter text: lines of `NAME=VALUE`; others are passed over.
    init(_ name: Name, _ text: some StringProtocol) {
        let pairs = String(text).split(separator: "\n").compactMap { line -> (String, String)? in
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return parts.count == 2 ? (parts[0], parts[1]) : nil
        }
        self.name = name
        properties = Dictionary(pairs) { $1 }
    }

    /// Whether this machine has it.
    var isThere: Bool { properties["LoadState"] == "loaded" }

    /// Whether it is to run whenever the machine does.
    var isEnabled: Bool { properties["UnitFileState"]?.hasPrefix("enabled") ?? false }

    /// Why what is to run does not, or what has run has failed, in a clause; nil where it runs, is about to, or is not meant to.
    var fault: String? {
        let state: String
        switch properties["ActiveState"] {
        case "failed": state = "has failed"
        case "activating" where properties["SubState"]?.hasPrefix("auto-restart") == true:
            state = "is started again and again"
        case "inactive" where isEnabled: state = "is enabled, and was stopped"
        default: return nil
        }
        return "the unit \(name.rawValue) \(state)" + (ending.map { ": \($0)" } ?? "")
    }

    /// How its process has ended (waitid(2), `si_code` and `si_status`); nil where it ended well, or none was started.
    private var ending: String? {
        guard let status = properties["ExecMainStatus"].flatMap({ Int32($0) }) else { return nil }
        switch properties["ExecMainCode"] {
        case "1":
            guard status != 0 else { return nil }
            let meaning = ExitStatus(rawValue: status).map { ", \($0.words)" } ?? ""
            return "its process ended with \(status)\(meaning)"
        case "2", "3": return "its process was ended by signal \(status)"
        default: return nil
        }
    }
}
