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
    /// By ctrl-C, as a shell counts it (128 + SIGINT).
    case interrupted = 130
    /// Nobody reads the standard output any more, as a shell counts it (128 + SIGPIPE).
    case readerGone = 141

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
        case .interrupted: "interrupted"
        case .readerGone: "nobody read what it wrote"
        }
    }
}
