import Foundation
import Synchronization

/// The compiled rules of zones, a file each in the folder of the time zone database; one is read when it is first asked for,
/// and kept.
final class ZoneFiles: Sendable {
    private let folder: String
    private let known = Mutex<[ExactText: ZoneRules]>([:])

    /// - Parameter folder: of the database.
    init(folder: String) { self.folder = folder }

    /// The rules that are filed under a name; nil when there is no such file.
    ///
    /// - Throws: when what is there is no zone's rules.
    func rules(of name: String) throws(TZifFile.Fault) -> ZoneRules? {
        let key = ExactText(name)
        if let rules = known.withLock({ $0[key] }) { return rules }
        guard Self.isFileName(name), let bytes = bytes(of: name) else { return nil }
        let rules = ZoneRules(try TZifFile(bytes))
        known.withLock { $0[key] = rules }
        return rules
    }

    private func bytes(of name: String) -> [UInt8]? {
        guard let file = FileHandle(forReadingAtPath: "\(folder)/\(name)") else { return nil }
        defer { try? file.close() }
        return (try? file.read(upToCount: TZifFile.longest + 1)).map { Array($0) }
    }

    /// Whether it stays in the folder.
    private static func isFileName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return !name.utf8.contains(0) && parts.allSatisfy { !$0.isEmpty && $0.first != UInt8(ascii: ".") }
    }
}
