import Foundation
import Testing

/// A wall clock of processes that a test sets: Debian's libfaketime, which leaves the boot clock alone here.
final class FakeClock {
    private let folder: TemporaryFolder
    private let name = "wall-clock"

    /// - Parameter offset: how far it is ahead, in seconds.
    init(_ offset: Int = 0, in folder: TemporaryFolder) throws {
        self.folder = folder
        try set(offset)
    }

    /// Sets it for all processes that have it, at once.
    func set(_ offset: Int) throws {
        // A file that is only half written would end them.
        try folder.write(offset < 0 ? "\(offset)\n" : "+\(offset)\n", to: name + ".next")
        guard rename(folder.path(name + ".next"), folder.path(name)) == 0 else { throw POSIXError(.EIO) }
    }

    /// The environment of a process that has it.
    var environment: [String: String] {
        get throws {
            [
                "LD_PRELOAD": try Self.library, "FAKETIME_TIMESTAMP_FILE": folder.path(name), "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": "UTC",
            ]
        }
    }

    private static var library: String {
        get throws {
            let root = "/usr/lib"
            let folders = try FileManager.default.contentsOfDirectory(atPath: root)
            let paths = folders.map { "\(root)/\($0)/faketime/libfaketimeMT.so.1" }
            return try #require(
                paths.first { FileManager.default.fileExists(atPath: $0) }, "make test-deps installs faketime")
        }
    }
}
