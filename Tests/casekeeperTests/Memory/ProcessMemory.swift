import Foundation
import Testing

/// What a process has in memory (proc_pid_status(5)), in bytes.
struct ProcessMemory {
    /// Now.
    let resident: Int
    /// At most so far.
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
}
