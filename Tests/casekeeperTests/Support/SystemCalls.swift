import Foundation
import Testing

/// The system calls of a run of the binary, one after the other, so that something can go wrong at each: strace(1) counts them.
struct SystemCalls {
    /// Separated by commas.
    let names: String

    /// Runs the binary, and returns the calls that it made on its first thread, in their order.
    func made(by words: [String], in folder: TemporaryFolder) throws -> [String] {
        let log = folder.path("\(UUID().uuidString).out")
        let result = try Binary.run(
            words, launcher: ["/usr/bin/strace", "-f", "-s", "4000", "-e", "trace=\(names)", "-o", log], in: folder)
        try #require(result.exitCode == 0, "\(words): \(result)")
        let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        let first = lines.first?.prefix { $0 != " " }
        return lines.filter { $0.prefix { $0 != " " } == first && $0.contains("(") && !$0.contains(" resumed>") }.map(
            String.init)
    }

    /// Runs the binary, and has something happen at one of the calls.
    ///
    /// - Parameters:
    ///   - fault: what, as strace's `inject` has it.
    ///   - number: at the how manieth, from 1.
    ///   - more: what happens at each call of other names.
    func run(
        _ words: [String], _ fault: String, at number: Int, more: [String] = [], in folder: TemporaryFolder
    ) throws -> RunResult {
        let others = more.flatMap { ["-e", "inject=\($0)"] }
        let all = ([names] + more.compactMap { $0.split(separator: ":").first.map(String.init) }).joined(separator: ",")
        return try Binary.run(
            words,
            launcher: [
                "/usr/bin/strace", "-f", "-e", "trace=\(all)", "-e", "inject=\(names):\(fault):when=\(number)", "-o",
                "/dev/null",
            ] + others, in: folder)
    }
}
