import Dispatch
import Foundation

/// The package's units on the system that this process runs on.
struct SystemUnits: Sendable {
    /// systemd answers at once, or never.
    private static let patience = 5.0

    private let units: [ServiceUnit.Name: ServiceUnit]

    init(_ units: [ServiceUnit] = []) {
        self.units = Dictionary(units.map { ($0.name, $0) }) { $1 }
    }

    /// - Parameter text: what systemd shows of some units, with an empty line between two.
    init(shown text: String) {
        let all = text.split(separator: "\n\n").compactMap { part in
            part.split(separator: "\n").first { $0.hasPrefix("Id=") }
                .flatMap { ServiceUnit.Name(rawValue: String($0.dropFirst(3))) }.map { ServiceUnit($0, part) }
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
            + ServiceUnit.Name.allCases.map(\.rawValue)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        guard (try? process.run()) != nil else { return SystemUnits() }
        // Some hundred bytes a unit, which a pipe holds.
        guard ended.wait(timeout: .now() + patience) == .success else {
            process.terminate()
            return SystemUnits()
        }
        return SystemUnits(
            shown: String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
    }

    /// Nil where the system has none of that name.
    subscript(name: ServiceUnit.Name) -> ServiceUnit? { units[name] }
}
