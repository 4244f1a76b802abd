import HTTPServer
import HTTPTypes

/// Without a token in the database the service answers this machine alone, and only under its own name: a page of
/// another site must not reach it by a name that resolves to here (DNS rebinding).
struct ProtectedMode: Sendable {
    /// The host the server was told to listen on.
    let listenHost: String?

    /// A proxy on this machine may have a request from anywhere.
    ///
    /// - Throws: 403 for anybody else.
    func requireLocal(_ requester: Requester) throws(Problem) {
        guard requester.peer.isLoopback else { throw Self.notLocal }
    }

    /// - Throws: 403 for anybody else.
    func requireLocal(_ request: Request) throws(Problem) {
        guard request.peer.isLoopback else { throw Self.notLocal }
        guard let host = request.headerFields.value(of: .hostAndPort).map(Self.hostWithoutPort), isOwn(host) else {
            throw Problem(
                .forbidden,
                "Without a token the service answers only as localhost, 127.0.0.1 or [::1]: check the Host field.")
        }
    }

    private static let notLocal = Problem(
        .forbidden, "Without a token the service answers only this machine: make one with casekeeper token create.")

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
