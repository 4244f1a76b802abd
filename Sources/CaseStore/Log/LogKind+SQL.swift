import Complaints

extension LogKind {
    /// Kinds as the right side of IN.
    static func words(_ kinds: some Sequence<LogKind>) -> String {
        "(\(kinds.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")))"
    }

    /// Those of the clock, which count as no change of a case.
    static let machineWords = words(machine)
}
