import CaseStore
import Complaints
import Glibc

/// The file of configuration: options under their names in the environment, for a service and for the commands that work
/// on its database. All of it is read before any of it holds, so that a name with a slip in it is never passed over.
struct ConfigurationFile {
    /// Read where no other is named.
    static let usualPath = "/etc/casekeeper/casekeeper.conf"
    /// What is named to have none, as with other programs.
    static let nothing = "/dev/null"
    /// In bytes; no configuration comes near it.
    private static let longest = 1 << 20

    let path: String
    private let entries: [String: EnvironmentFile.Entry]

    /// - Parameters:
    ///   - isUsual: whether nobody named it.
    ///   - options: all there are.
    /// - Throws: `CommandFailure` (78) with everything that is wrong.
    init(_ path: String, isUsual: Bool, knowing options: OptionRegistry) throws(CommandFailure) {
        self.path = path
        let file = EnvironmentFile(try Self.read(path, isUsual: isUsual))
        var faults = file.faults
        var entries: [String: EnvironmentFile.Entry] = [:]
        for entry in file.entries {
            if let fault = options.fault(in: entry) {
                faults.append(.init(line: entry.line, detail: fault))
            } else if let first = entries[entry.name] {
                faults.append(.init(line: entry.line, detail: "has \(entry.name) again, which line \(first.line) has"))
            } else {
                entries[entry.name] = entry
            }
        }
        guard faults.isEmpty else {
            let lines = faults.sorted { $0.line < $1.line }.map { "  line \($0.line) \($0.detail)" }
            throw CommandFailure(
                .configuration, "\(path) is no file of configuration:\n\(lines.joined(separator: "\n"))")
        }
        self.entries = entries
    }

    /// Nil where there is no such file; what can't be seen counts as there.
    init?(usualAt path: String, knowing options: OptionRegistry) throws(CommandFailure) {
        var status = stat()
        if lstat(path, &status) != 0, [ENOENT, ENOTDIR].contains(errno) { return nil }
        try self.init(path, isUsual: true, knowing: options)
    }

    /// What stands there for a variable.
    subscript(variable: String) -> EnvironmentFile.Entry? { entries[variable] }

    var variables: Dictionary<String, EnvironmentFile.Entry>.Keys { entries.keys }

    /// What an operator should hear of who may write the file, or read it.
    var notes: [String] {
        guard let status = FileStatus(path), status.isRegular else { return [] }
        var notes: [String] = []
        if status.permissions & 0o022 != 0 {
            notes.append(
                "others than its owner may write \(path), and so say what the service does: chmod go-w \(path)")
        }
        if status.permissions & 0o004 != 0 {
            for entry in entries.values.sorted(by: { $0.line < $1.line }) where SecretText.isSecret(entry.value) {
                notes.append(
                    "\(entry.name) in line \(entry.line) of \(path) is a secret that everybody on this machine may read: "
                        + "chmod o= \(path)")
            }
        }
        return notes
    }

    private static func read(_ path: String, isUsual: Bool) throws(CommandFailure) -> [UInt8] {
        do throws(FileError) {
            let bytes = try InputFile.content(of: path, limit: longest)
            guard bytes.count <= longest else {
                throw FileError(.read, path, reason: "it is longer than \(longest) bytes")
            }
            return bytes
        } catch {
            let advice =
                isUsual
                ? ". It says how the service of this machine is set up: run the command as the service's user, or with "
                    + "--config \(nothing) to go by flags and the environment alone" : ""
            throw CommandFailure(.configuration, "\(error)\(advice)")
        }
    }
}
