import Glibc

/// The three descriptors that a process is given.
enum StandardStreams {
    /// Opens those that it was started without, as the next file that is opened would be taken for one of them: the log
    /// would be written into a database. One that is opened here takes nothing.
    static func reserve() {
        for (descriptor, flags) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest that is free, and those below it are open.
            _ = open("/dev/null", flags)
        }
    }

    /// A reader that has gone, or a limit on the size of files, is a failed write like others, and ends nothing by itself.
    static func ignoreWriteSignals() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }
}
