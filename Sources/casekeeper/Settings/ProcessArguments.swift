import Foundation

/// What this process was started with. Swift's library looks for it in memory beside the environment, and finds nothing where
/// that was moved before the program begins, as a library that is loaded first (LD_PRELOAD) may do; the system still knows.
enum ProcessArguments {
    /// What it was called by.
    static var program: String { all.first ?? "casekeeper" }

    /// What came after that.
    static var words: [String] { Array(all.dropFirst()) }

    private static let all: [String] = {
        let found = CommandLine.arguments
        // There is always one.
        guard found.isEmpty, let line = FileManager.default.contents(atPath: "/proc/self/cmdline") else { return found }
        return line.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
            String(decoding: $0, as: UTF8.self)
        }
    }()
}
