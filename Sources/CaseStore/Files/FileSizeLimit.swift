import Glibc

/// How long a file may get that this process writes (RLIMIT_FSIZE). SQLite only knows that it could not write.
enum FileSizeLimit {
    /// In bytes; nil where there is no limit.
    static var bytes: Int? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { return nil }
        return Int(exactly: limit.rlim_cur)
    }

    /// The end of a sentence, with what would help; nil where there is no limit.
    static var trouble: String? {
        bytes.map { "this process may make no file longer than \($0) bytes: allow it more (ulimit -f)" }
    }
}
