public import HTTPServer

/// Addresses that begin with the same bits: `10.0.0.0/8`, `2001:db8::/32`, or one address alone.
public struct AddressRange: Sendable, Hashable {
    private let address: IPAddress
    private let bits: Int

    /// A range in the notation of RFC 4632 section 3.1. Nil for what is none, or has bits set behind its prefix.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(parts[0]) else { return nil }
        let length = address.isIPv4 ? 32 : 128
        var prefix = length
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let given = Int(parts[1]), given <= length
            else { return nil }
            prefix = given
        }
        self.address = address
        bits = 128 - length + prefix
        guard address.isZero(after: bits) else { return nil }
    }

    /// Whether the address is one of these.
    public func contains(_ other: IPAddress) -> Bool {
        address.isEqual(to: other, bits: bits)
    }
}
