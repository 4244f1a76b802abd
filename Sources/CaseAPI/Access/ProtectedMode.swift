import Complaints
import Glibc
import HTTPServer
import HTTPTypes

/// Without a token in the database the service answers processes of its own user and of root on this machine alone, as
/// whoever can read the database. Not others' processes, nor a proxy for somebody elsewhere: one runs as a user of its
/// own, or says that it passes a request on. And only under the machine's own name: a page of another site must not
/// reach it by a name that resolves to here (DNS rebinding).
struct ProtectedMode: Sendable {
    /// The host the server was told to listen on.
    let listenHost: String?
    /// The user who is let in beside root: the service's own, unless a test says otherwise.
    var user = geteuid()

    /// - Throws: 403 for anybody else.
    func requireLocal(_ request: Request) throws(Problem) {
        if let field = Forwarding.field(in: request.headerFields) {
            throw Problem(
                .forbidden,
                "Without a token nothing is answered that a proxy has passed on (\(field)): \(Self.remedy).")
        }
        guard let host = request.headerFields.value(of: .hostAndPort).map(Self.hostWithoutPort), isOwn(host) else {
            throw Problem(
                .forbidden,
                "Without a token the service answers only as localhost, 127.0.0.1 or [::1]: check the Host field.")
        }
        guard request.peer.isLoopback, let user = request.peerProcess?.userID, user == self.user || user == 0 else {
            throw Problem(
                .forbidden,
                "Without a token the service answers only processes of its own user, or of root, on this machine: "
                    + "\(Self.remedy).")
        }
    }

    /// The first token is made by somebody who has the database, and not over HTTP.
    ///
    /// - Throws: 403 without a token.
    static func requireToken(_ actor: Actor) throws(Problem) {
        guard actor.tokenID == nil else { return }
        throw Problem(.forbidden, "The first token is not made over HTTP: \(remedy).")
    }

    private static let remedy = "make a token with casekeeper token create NAME --role admin"

    private func isOwn(_ host: Substring) -> Bool {
        // As nearly everybody writes it.
        if host == "localhost" || host == "127.0.0.1" { return true }
        let host = host.lowercased()
        if host == "localhost" || host == "[::1]" || host == listenHost?.lowercased() { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func hostWithoutPort(_ host: String) -> Substring {
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return host[...end] }
        return host[..<(host.utf8.firstIndex(of: UInt8(ascii: ":")) ?? host.endIndex)]
    }
}
