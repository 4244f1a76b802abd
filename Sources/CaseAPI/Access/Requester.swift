import HTTPServer
import HTTPTypes

extension HTTPField.Name {
    /// Whom proxies had a request from, the last one at the end.
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
}

/// Whose request it is: the peer, or whom a proxy that is trusted had it from.
struct Requester: Sendable {
    let peer: PeerAddress
    /// Whether it is known from a proxy's word.
    let isForwarded: Bool

    /// Who is counted as one.
    var network: UInt64 { peer.address?.network ?? 0 }

    init(_ request: Request, trusting proxies: [AddressRange]) {
        guard !proxies.isEmpty, let address = request.peer.address, proxies.contains(where: { $0.contains(address) }),
            let field = request.headerFields[.forwardedFor], let client = Self.client(field, behind: proxies)
        else {
            peer = request.peer
            isForwarded = false
            return
        }
        peer = PeerAddress(client)
        isForwarded = true
    }

    /// The last address that is no trusted proxy's: what stands before it, anybody may have made up. Nil when the proxy
    /// has not said an address: then it is the requester itself, and its clients are counted as one.
    private static func client(_ field: String, behind proxies: [AddressRange]) -> IPAddress? {
        var client: IPAddress?
        for hop in field.split(separator: ",", omittingEmptySubsequences: false).reversed() {
            guard let address = address(hop.trimmingSpaces) else { return client }
            client = address
            guard proxies.contains(where: { $0.contains(address) }) else { return client }
        }
        return client
    }

    /// Some proxies write the port too: `192.0.2.7:4711`, `[2001:db8::7]:4711`.
    private static func address(_ hop: Substring) -> IPAddress? {
        if let address = IPAddress(hop) { return address }
        if hop.first == "[", let end = hop.firstIndex(of: "]") { return IPAddress(hop[..<end].dropFirst()) }
        return IPAddress(hop.prefix { $0 != ":" })
    }
}
