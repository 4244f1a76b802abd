/// What a check has found, in a sentence; and, where something is to be done, why it matters, and what that is.
struct Finding: Hashable {
    /// How bad it is, the worst last.
    enum Level: String, Encodable, CaseIterable, Comparable {
        case ok, warning, error

        static func < (a: Level, b: Level) -> Bool {
            allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
        }
    }

    let level: Level
    let what: String
    let why: String?
    /// A command, or what else to do.
    let remedy: String?
    /// How the process ends where this is the first error.
    let status: ExitStatus
    /// Whether it says only that there was no look.
    var isUnseen = false

    static func ok(_ what: String) -> Finding {
        Finding(level: .ok, what: what, why: nil, remedy: nil, status: .configuration)
    }

    static func warning(_ what: String, why: String, remedy: String) -> Finding {
        Finding(level: .warning, what: what, why: why, remedy: remedy, status: .configuration)
    }

    static func error(
        _ what: String, why: String, remedy: String, status: ExitStatus = .configuration
    ) -> Finding {
        Finding(level: .error, what: what, why: why, remedy: remedy, status: status)
    }
}
