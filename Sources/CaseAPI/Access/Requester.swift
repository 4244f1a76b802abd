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
    var network: UInt64 { peer.network }

    /// - Parameter trustsUnix: whether whoever may connect to a Unix socket is a trusted proxy.
    init(_ request: Request, trusting proxies: [AddressRange], trustsUnix: Bool = false) {
        let isTrusted =
            request.peer.isUnix
            ? trustsUnix : request.peer.address.map { address in proxies.contains { $0.contains(address) } } ?? false
        guard isTrusted, let field = request.headerFields[.forwardedFor],
            let client = Self.client(field, behind: proxies)
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
    private static func client(_ field: FieldValue, behind proxies: [AddressRange]) -> IPAddress? {
        var client: IPAddress?
        let hops = field.bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        for hop in hops.reversed() {
            guard let address = address(FieldValue(hop).bytes) else { return client }
            client = address
            guard proxies.contains(where: { $0.contains(address) }) else { return client }
        }
        return client
    }

    /// Some proxies write the port too: `192.0.2.7:4711`, `[2001:db8::7]:4711`.
    private static func address(_ hop: ArraySlice<UInt8>) -> IPAddress? {
        // No address with a port is longer.
        guard hop.count <= 64, hop.allSatisfy({ $0 < 0x80 }) else { return nil }
        func address(_ bytes: ArraySlice<UInt8>) -> IPAddress? { IPAddress(String(decoding: bytes, as: UTF8.self)) }
        if let address = address(hop) { return address }
        if hop.first == UInt8(ascii: "["), let end = hop.firstIndex(of: UInt8(ascii: "]")) {
            return address(hop[..<end].dropFirst())
        }
        return address(hop.prefix { $0 != UInt8(ascii: ":") })
    }
}
