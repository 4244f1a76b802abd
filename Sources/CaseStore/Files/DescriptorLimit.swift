import Foundation

/// How many files this process may have open (RLIMIT_NOFILE). SQLite only knows that it can't open one.
struct DescriptorLimit {
    /// SQLite wants a few at once, and has closed them again by the time that anybody asks.
    private static let few = 8

    /// The end of a sentence, with what would help; nil where there is room.
    static var trouble: String? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        // A larger one is not what is in the way, or would take long to look through.
        guard limit.rlim_cur <= 4096 else { return nil }
        let free = (0..<CInt(limit.rlim_cur)).count { fcntl($0, F_GETFD) < 0 }
        guard free < few else { return nil }
        return "this process may have \(limit.rlim_cur) files open, and all but \(free) are: allow it more (ulimit -n)."
    }
}
