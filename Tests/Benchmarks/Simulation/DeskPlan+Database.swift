import CaseStore
import Complaints
import TestSupport

/// What a made-up database holds.
package struct DeskFigures: Sendable, Hashable, Codable {
    package let cases: Int
    package let promises: Int
    package let overdue: Int
    /// RFC 3339: from then on more promises are overdue.
    package let quietUntil: String
}

extension DeskPlan {
    /// Makes the history into a new file.
    ///
    /// - Throws: `StoreError.unusable` when there is a file already.
    package func make(at path: String, progress: (Int) -> Void = { _ in }) throws -> DeskFigures {
        // Salts of their own: they only have to be the same again.
        var salts = SeededRandom(seed ^ 0x5A17)
        let load = try BulkLoad(path: path) {
            (0..<2).flatMap { _ in withUnsafeBytes(of: salts.next()) { Array($0) } }
        }
        var simulation = DeskSimulation(self)
        try simulation.run(into: load, progress: progress)
        try load.finish()
        return DeskFigures(
            cases: simulation.cases, promises: simulation.promises, overdue: overdue,
            quietUntil: (until + Self.quiet).rfc3339)
    }
}
