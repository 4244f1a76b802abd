import CaseStore
import Complaints
import Dispatch
import Foundation

/// The package's units on the system that this process runs on.
struct SystemUnits: Sendable {
    /// systemd answers at once, or never.
    private static let patience = 5.0

    private let units: [ServiceUnit.UnitName: ServiceUnit]

    init(_ units: [ServiceUnit] = []) {
        self.units = Dictionary(units.map { ($0.name, $0) }) { $1 }
    }

    /// - Parameter text: what systemd shows of some units, with an empty line between two.
    init(shown text: String) {
        let all = text.split(separator: "\n\n").compactMap { part in
            part.split(separator: "\n").first { $0.hasPrefix("Id=") }
                .flatMap { ServiceUnit.UnitName(rawValue: String($0.dropFirst(3))) }.map { ServiceUnit($0, part) }
        }
        self.init(all.filter(\.isThere))
    }

    /// None where no systemd runs (sd_booted(3)), or it has no such units.
    static var ofSystem: SystemUnits {
        guard FileManager.default.fileExists(atPath: "/run/systemd/system") else { return SystemUnits() }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/systemctl")
        process.arguments =
            ["show", "--property=\(ServiceUnit.properties.joined(separator: ","))"]
            + ServiceUnit.UnitName.allCases.map(\.rawValue)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        guard (try? process.run()) != nil else { return SystemUnits(besides: "/") }
        // Some hundred bytes a unit, which a pipe holds.
        guard ended.wait(timeout: .now() + patience) == .success else {
            process.terminate()
            return SystemUnits(besides: "/")
        }
        let shown = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        return process.terminationStatus == 0 ? SystemUnits(shown: shown) : SystemUnits(besides: "/")
    }

    /// Where systemd does not answer: the service's unit, by the link that enables it and by its control group.
    ///
    /// - Parameter root: of the system's files.
    init(besides root: String) {
        let name = ServiceUnit.UnitName.service
        let link = "\(root)/etc/systemd/system/multi-user.target.wants/\(name.rawValue)"
        guard FileStatus(link, followsLink: false) != nil else {
            self.init()
            return
        }
        let groups = ["", "/unified", "/systemd"].map {
            "\(root)/sys/fs/cgroup\($0)/system.slice/\(name.rawValue)/cgroup.procs"
        }
        let hasProcess = groups.contains { FileManager.default.contents(atPath: $0).map { !$0.isEmpty } ?? false }
        self.init([.enabled(name, hasProcess: hasProcess)])
    }

    /// Nil where the system has none of that name.
    subscript(name: ServiceUnit.UnitName) -> ServiceUnit? { units[name] }
}
