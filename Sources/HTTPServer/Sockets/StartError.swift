/// Why a server could not start.
public enum StartError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The name has no address here.
    case unknownHost(ListenAddress, reason: String)
    /// Something else listens there.
    case addressInUse(ListenAddress)
    /// The system forbids it, as it does ports below 1024 to ordinary users.
    case notPermitted(ListenAddress)
    /// The address is not this machine's.
    case addressNotAvailable(ListenAddress)
    /// A Unix socket can't be made there.
    case unusableSocket(UnixAddress, reason: String)
    /// Any other refusal of the system's.
    case system(call: String, reason: String)
    /// A server starts once.
    case alreadyStarted

    /// A sentence for the person who started it.
    public var description: String {
        switch self {
        case .unknownHost(let address, let reason): "The host \(address.host ?? "") has no address here: \(reason)."
        case .addressInUse(let address):
            "Something else already listens on \(address); stop it or choose another \(address.host == nil ? "path" : "port")."
        case .notPermitted(let address):
            "Listening on \(address) is not permitted; ports below 1024 need a privilege, so choose a higher one."
        case .addressNotAvailable(let address): "\(address.host ?? "") is not an address of this machine."
        case .unusableSocket(let address, let reason): "\(address) can't be listened on: \(reason)."
        case .system(let call, let reason): "The system refused \(call): \(reason)."
        case .alreadyStarted: "This server has been started before; make a new one."
        }
    }
}
