import Glibc

/// How many files this process may have open (RLIMIT_NOFILE). SQLite only knows that it can't open one, and Dispatch ends the process
/// when it can't.
public struct DescriptorLimit {
    /// SQLite wants a few at once, and has closed them again by the time that anybody asks.
    private static let few = 8
    /// A database with its log and lock, read and written, what Dispatch waits by, the files that a command reads and
    /// writes, and as many again: Dispatch ends the process where it can't open one more to look at its threads.
    private static let enough = 32

    /// The end of a sentence, with what would help; nil where there is room.
    static var trouble: String? { shortage(of: few) }

    /// Why a command can't begin, with what would help; nil where it can.
    public static var shortage: String? { shortage(of: enough) }

    /// The same of a service, which raises its limit as far as it may, whatever comes while it runs: it needs these besides what each loop and each connection has.
    ///
    /// - Parameters:
    ///   - loops: how many threads serve, of all addresses.
    ///   - connections: how many are taken at least.
    ///   - transfers: how many requests go out at once.
    public static func shortage(addresses: Int, loops: Int, connections: Int, transfers: Int) -> String? {
        // A listening socket, and what is given up to say no where there are no others.
        let perAddress = 2
        // What it waits by (2), and two files of a database; a second connection to it while that takes the place of the first.
        let perLoop = 6
        return shortage(of: enough + addresses * perAddress + loops * perLoop + connections + transfers, mayRaise: true)
    }

    private static func shortage(of wanted: Int, mayRaise: Bool = false) -> String? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        let most = mayRaise ? limit.rlim_max : limit.rlim_cur
        // A larger one is not what is in the way, or would take long to look through.
        guard most <= 4096 else { return nil }
        var free = 0
        // What is open has the lowest numbers: looked for from above, the free ones are found at once.
        for descriptor in (0..<CInt(most)).reversed() where fcntl(descriptor, F_GETFD) < 0 {
            free += 1
            if free == wanted { return nil }
        }
        return
            "this process may have \(most) files open, \(free) besides those that are, and needs \(wanted): allow it more "
            + "(ulimit -n)."
    }
}
