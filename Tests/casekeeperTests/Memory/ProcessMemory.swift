import Foundation
import Testing

/// What a process has in memory (proc_pid_status(5)), in bytes.
struct ProcessMemory {
    /// Now.
    let resident: Int
    /// At most so far, or since `resetPeak`.
    let peak: Int

    init(of id: pid_t) throws {
        let status = try String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
        func bytes(_ name: String) throws -> Int {
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix(name + ":") })
            return try #require(Int(line.split(whereSeparator: { !$0.isNumber }).first ?? "")) * 1024
        }
        resident = try bytes("VmRSS")
        peak = try bytes("VmHWM")
    }

    /// From now on it is at most what it is at most from now on (proc_pid_clear_refs(5)).
    static func resetPeak(of id: pid_t) throws {
        try "5".write(toFile: "/proc/\(id)/clear_refs", atomically: false, encoding: .utf8)
    }
}
