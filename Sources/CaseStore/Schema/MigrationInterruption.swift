/// That a database was not brought up to date, because nobody wanted that any more. It is whole, of the shape that the steps
/// before left, and goes on from there the next time.
public struct MigrationInterruption: Error, Sendable {
    /// The migration that was given up, of which nothing is kept.
    public let undone: String
    /// Those that were applied before it, now.
    public internal(set) var applied: [String] = []
}

extension MigrationInterruption: CustomStringConvertible {
    /// Where it stands, as a part of a sentence.
    public var description: String {
        "\(Self.words(applied)), and of \(undone) nothing is kept"
    }

    /// `V012_one_log to V014_field_history were applied`
    public static func words(_ applied: [String]) -> String {
        switch applied.count {
        case 0: "nothing was applied"
        case 1: "\(applied[0]) was applied"
        default: "\(applied[0]) to \(applied[applied.count - 1]) were applied"
        }
    }
}
