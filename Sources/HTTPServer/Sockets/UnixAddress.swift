import Glibc

/// A Unix socket to listen on, as people write it: `unix:/run/casekeeper/http.sock?mode=0660&group=www-data`.
public struct UnixAddress: Sendable, Hashable, CustomStringConvertible {
    /// What a `sockaddr_un` has room for, with the zero at its end (unix(7)).
    static let longestPath = 107
    static let prefix = "unix:"

    /// Absolute.
    public let path: String
    /// Of the file: who may write it may connect.
    public let mode: UInt32
    /// A name or a number; nil for whom the process runs as.
    public let owner: String?
    /// A name or a number; nil for that of the process.
    public let group: String?

    /// A socket whose parts are known.
    /// - Precondition: the path is absolute, and no longer than a socket's may be.
    public init(path: String, mode: UInt32 = 0o600, owner: String? = nil, group: String? = nil) {
        precondition(path.hasPrefix("/") && path.utf8.count <= Self.longestPath, "A socket needs a path.")
        self.path = path
        self.mode = mode
        self.owner = owner
        self.group = group
    }

    /// - Throws: when the text is not `unix:PATH` with its settings.
    init(_ text: String) throws(ListenAddress.ParseError) {
        func refused(_ why: String) -> ListenAddress.ParseError {
            ListenAddress.ParseError(
                description: "\(why) in \"\(text)\"; write unix:PATH, such as unix:/run/casekeeper/http.sock or "
                    + "unix:/run/casekeeper/http.sock?mode=0660&group=www-data.")
        }
        let parts = text.dropFirst(Self.prefix.count).split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard !parts[0].hasPrefix("@") else {
            throw refused("An abstract socket has no file, so everybody on the machine could connect")
        }
        guard parts[0].hasPrefix("/"), !parts[0].hasSuffix("/"), !parts[0].utf8.contains(0) else {
            throw refused("There is no absolute path of a file")
        }
        // As in unix:///run/..., which some programs write.
        let path = "/" + parts[0].drop { $0 == "/" }
        guard path.utf8.count <= Self.longestPath else {
            throw refused("The path has \(path.utf8.count) bytes, and a socket's may have \(Self.longestPath)")
        }
        var settings: [Substring: Substring] = [:]
        for setting in parts.dropFirst().flatMap({ $0.split(separator: "&", omittingEmptySubsequences: false) }) {
            let pair = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, ["mode", "owner", "group"].contains(pair[0]), !pair[1].isEmpty else {
                throw refused("There is something else than mode=, owner= and group= behind the ?")
            }
            guard settings.updateValue(pair[1], forKey: pair[0]) == nil else {
                throw refused("\(pair[0]) stands twice")
            }
        }
        var mode: UInt32 = 0o600
        if let digits = settings["mode"] {
            guard digits.utf8.allSatisfy({ (0x30...0x37).contains($0) }), let bits = UInt32(digits, radix: 8),
                bits <= 0o777
            else { throw refused("The mode is not an octal number up to 0777") }
            mode = bits
        }
        self.init(
            path: path, mode: mode, owner: settings["owner"].map(String.init),
            group: settings["group"].map(String.init))
    }

    /// The socket alone.
    public var description: String { Self.prefix + path }
}
