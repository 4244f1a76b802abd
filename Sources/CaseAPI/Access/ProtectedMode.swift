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
    /// The database's file as a word of a shell, for the hint how to make a token in it. Only who is known to be here is
    /// told: to a stranger behind a proxy it would say where things lie.
    let database: String
    /// The user who is let in beside root: the service's own, unless a test says otherwise.
    var user = geteuid()

    /// - Throws: 403 for anybody else.
    func requireLocal(_ request: Request) throws(Problem) {
        if let field = Forwarding.field(in: request.headerFields) {
            throw Problem(
                .forbidden,
                "Without a token nothing is answered that a proxy has passed on (\(field)): \(Self.remedy).")
        }
        let hosts = request.hosts
        guard !hosts.isEmpty, hosts.allSatisfy({ isOwn(Self.hostWithoutPort($0)) }) else {
            throw Problem(
                .forbidden,
                "Without a token the service answers only as localhost, 127.0.0.1 or [::1]: check the Host field, or "
                    + "\(Self.remedy).")
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
    func requireToken(_ actor: Actor) throws(Problem) {
        guard actor.tokenID == nil else { return }
        throw Problem(.forbidden, "The first token is not made over HTTP: \(Self.remedy(database)).")
    }

    private static let remedy = remedy("FILE") + ", with the FILE that the service's log names"

    private static func remedy(_ database: String) -> String {
        "make a token with casekeeper token create NAME --role admin --database \(database)"
    }

    private func isOwn(_ host: FieldValue) -> Bool {
        if let listenHost, host.isEqual(ignoringCaseTo: FieldValue(listenHost)) { return true }
        return Self.isThisMachine(host)
    }

    /// Whether a request names this machine as its host, by no other name than a loopback's.
    static func namesThisMachine(_ request: Request) -> Bool {
        let hosts = request.hosts
        return !hosts.isEmpty && hosts.allSatisfy { isThisMachine(hostWithoutPort($0)) }
    }

    private static func isThisMachine(_ host: FieldValue) -> Bool {
        host.isWord("localhost") || host.isWord("[::1]") || isLoopback(host)
    }

    /// 127.0.0.0/8, each number as RFC 3986 section 3.2.2 has it: decimal digits without a sign or leading zeros.
    private static func isLoopback(_ host: FieldValue) -> Bool {
        let numbers = host.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard numbers.count == 4, numbers[0].elementsEqual("127".utf8) else { return false }
        return numbers.allSatisfy { digits in
            guard (1...3).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
                digits.count == 1 || digits.first != 0x30
            else { return false }
            return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
        }
    }

    private static func hostWithoutPort(_ host: FieldValue) -> FieldValue {
        let bytes = host.bytes
        if bytes.first == UInt8(ascii: "["), let end = bytes.firstIndex(of: UInt8(ascii: "]")) {
            return FieldValue(bytes[...end])
        }
        return FieldValue(bytes[..<(bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex)])
    }
}
