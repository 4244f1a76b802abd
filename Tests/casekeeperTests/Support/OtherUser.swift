import Foundation

/// The user `nobody`, who is neither root nor whoever runs the tests.
enum OtherUser {
    static let id: uid_t = 65534

    /// The words of a command that starts another one as that user. To become another user takes root, or a sudo that
    /// asks for nothing.
    static var launcher: [String] { becoming(id) }

    /// The same for root.
    static var root: [String] { becoming(0) }

    private static func becoming(_ user: uid_t) -> [String] {
        let sudo = geteuid() == 0 ? [] : ["/usr/bin/sudo", "-n"]
        return sudo + ["/usr/bin/setpriv", "--reuid=\(user)", "--regid=\(user)", "--clear-groups"]
    }
}
