import Glibc

/// How many files this process may have open (RLIMIT_NOFILE). SQLite only knows that it can't open one, and Dispatch ends the process
/// when it can't.
public struct DescriptorLimit {
    /// SQLite wants a few at once, and has closed them again by the time that anybody asks.
    private static let few = 8
    /// A database with its log and lock, and what Dispatch waits by.
    private static let enough = 16

    /// The end of a sentence, with what would help; nil where there is room.
    static var trouble: String? { shortage(of: few) }

    /// Why a command can't begin, with what would help; nil where it can.
    public static var shortage: String? { shortage(of: enough) }

    private static func shortage(of wanted: Int) -> String? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        // A larger one is not what is in the way, or would take long to look through.
        guard limit.rlim_cur <= 4096 else { return nil }
        var free = 0
        // What is open has the lowest numbers: looked for from above, the free ones are found at once.
        for descriptor in (0..<CInt(limit.rlim_cur)).reversed() where fcntl(descriptor, F_GETFD) < 0 {
            free += 1
            if free == wanted { return nil }
        }
        return "this process may have \(limit.rlim_cur) files open, and all but \(free) are: allow it more (ulimit -n)."
    }
}
