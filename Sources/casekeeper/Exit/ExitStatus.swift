/// How a command ends, in the numbers of sysexits(3).
enum ExitStatus: Int32 {
    case usage = 64
    case badData = 65
    case noInput = 66
    case software = 70
    /// The file that it would make is there already.
    case cannotCreate = 73
    case inputOutput = 74
    /// Worth another try.
    case temporary = 75
    case configuration = 78
    /// By a second SIGHUP: this and those below as a shell counts who is ended by a signal, 128 and its number.
    case hungUp = 129
    /// By a signal that was asked to end it, whichever it is; or by a second ctrl-C (SIGINT).
    case interrupted = 130
    /// By a second SIGQUIT.
    case quit = 131
    /// Nobody reads the standard output any more, (SIGPIPE).
    case readerGone = 141
    /// By a second SIGTERM.
    case terminated = 143

    /// What a process ends with that a signal ended.
    static func ofSignal(_ signal: Int32) -> Int32 { 128 + signal }

    /// What it means, in a few words.
    var words: String {
        switch self {
        case .usage: "usage"
        case .badData: "bad data"
        case .noInput: "no input"
        case .software: "a fault of the program"
        case .cannotCreate: "a file that is there already"
        case .inputOutput: "input or output"
        case .temporary: "try again"
        case .configuration: "configuration"
        case .hungUp, .quit, .terminated: "ended by a second signal"
        case .interrupted: "interrupted"
        case .readerGone: "nobody read what it wrote"
        }
    }
}
