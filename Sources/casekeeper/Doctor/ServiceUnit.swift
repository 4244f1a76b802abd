import Complaints

/// A unit of the package, as systemd tells of it (systemctl(1), `show`).
struct ServiceUnit: Sendable {
    /// Those that doctor knows of.
    enum UnitName: String, Vocabulary {
        case service = "casekeeper.service"
        case backup = "casekeeper-backup.service"
        case backupTimer = "casekeeper-backup.timer"
        case head = "casekeeper-head.service"
        case headTimer = "casekeeper-head.timer"
    }

    static let properties = [
        "Id", "LoadState", "UnitFileState", "ActiveState", "SubState", "ExecMainCode", "ExecMainStatus", "Result",
        "MainPID",
        "ProtectSystem", "ProtectHome", "ReadWritePaths", "StateDirectory",
    ]

    /// In place of a state, where systemd was not asked.
    private static let processless = "no process"

    let name: UnitName
    private let properties: [String: String]

    /// - Parameter text: lines of `NAME=VALUE`; others are passed over.
    init(_ name: UnitName, _ text: some StringProtocol) {
        let pairs = String(text).split(separator: "\n").compactMap { line -> (String, String)? in
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return parts.count == 2 ? (parts[0], parts[1]) : nil
        }
        self.name = name
        properties = Dictionary(pairs) { $1 }
    }

    /// A unit that is enabled, as far as the system shows without being asked: systemd answers whoever is not root by the
    /// system's bus (org.freedesktop.systemd1(5)), which not every machine has.
    ///
    /// - Parameter hasProcess: whether its control group has any (cgroups(7)).
    static func enabled(_ name: UnitName, hasProcess: Bool) -> ServiceUnit {
        ServiceUnit(
            name,
            "LoadState=loaded\nUnitFileState=enabled\nActiveState=\(hasProcess ? "active" : "inactive")\nSubState=\(processless)"
        )
    }

    /// Whether this machine has it.
    var isThere: Bool { properties["LoadState"] == "loaded" }

    /// Whether it is to run whenever the machine does.
    var isEnabled: Bool { properties["UnitFileState"]?.hasPrefix("enabled") ?? false }

    /// The process that it runs; nil where it runs none.
    var process: Int? { properties["MainPID"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } }

    /// The lines of the unit that a folder has to have to be written by what it runs; nil where it may be.
    func hindrance(toWriting folder: String) -> String? {
        func isWithin(_ outer: String) -> Bool {
            folder.utf8.elementsEqual(outer.utf8) || outer == "/"
                || folder.utf8.starts(with: outer.utf8 + [UInt8(ascii: "/")])
        }
        func words(_ name: String) -> [String] { (properties[name] ?? "").split(separator: " ").map(String.init) }
        let isHidden =
            ["/home", "/root", "/run/user"].contains(where: isWithin)
            && ["yes", "tmpfs"].contains(properties["ProtectHome"])
        let open =
            words("ReadWritePaths").map { String($0.drop { $0 == "-" || $0 == "+" }) }
            + words("StateDirectory").map { "/var/lib/\($0)" } + ["/dev", "/proc", "/sys", "/tmp", "/var/tmp"]
        let isShut = properties["ProtectSystem"] == "strict" && !open.contains(where: isWithin)
        let lines = (isShut ? ["ReadWritePaths=\(folder)"] : []) + (isHidden ? ["ProtectHome=no"] : [])
        return lines.isEmpty ? nil : lines.joined(separator: " and ")
    }

    /// Why what is to run does not, or what has run has failed, in a clause; nil where it runs, is about to, or is not meant to.
    var fault: String? {
        let state: String
        switch properties["ActiveState"] {
        case "failed": state = "has failed"
        case "activating" where properties["SubState"]?.hasPrefix("auto-restart") == true:
            state = "is started again and again"
        case "inactive" where isEnabled && properties["SubState"] == Self.processless:
            state = "is enabled, and has no process"
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
