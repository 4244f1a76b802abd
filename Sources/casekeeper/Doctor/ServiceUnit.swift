import Dispatch
import Foundation

/// The package's unit of systemd, as systemd tells of it (systemctl(1), `show`).
struct ServiceUnit: Sendable {
    static let name = "casekeeper.service"
    /// systemd answers at once, or never.
    private static let patience = 5.0

    private let properties: [String: String]

    /// Of the system that this process runs on; nil where no systemd does (sd_booted(3)), or it has no such unit.
    static var system: ServiceUnit? {
        guard FileManager.default.fileExists(atPath: "/run/systemd/system") else { return nil }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/systemctl")
        process.arguments = [
            "show", name, "--property=LoadState,UnitFileState,ActiveState,SubState,ExecMainCode,ExecMainStatus,Result",
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        guard (try? process.run()) != nil else { return nil }
        // A few hundred bytes, which a pipe holds.
        guard ended.wait(timeout: .now() + patience) == .success else {
            process.terminate()
            return nil
        }
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let unit = ServiceUnit(text)
        return unit.properties["LoadState"] == "loaded" ? unit : nil
    }

    /// - Parameter text: lines of `NAME=VALUE`; others are passed over.
    init(_ text: String) {
        let pairs = text.split(separator: "\n").compactMap { line -> (String, String)? in
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return parts.count == 2 ? (parts[0], parts[1]) : nil
        }
        properties = Dictionary(pairs) { $1 }
    }

    /// Whether it is to run whenever the machine does.
    private var isEnabled: Bool { properties["UnitFileState"]?.hasPrefix("enabled") ?? false }

    /// Why no service runs that is to run, in a clause; nil where it runs, is about to, or is not meant to.
    var fault: String? {
        let state: String
        switch properties["ActiveState"] {
        case "failed": state = "has failed"
        case "activating" where properties["SubState"]?.hasPrefix("auto-restart") == true:
            state = "is started again and again"
        case "inactive" where isEnabled: state = "is enabled, and was stopped"
        default: return nil
        }
        return "the unit \(Self.name) \(state)" + (ending.map { ": \($0)" } ?? "")
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
