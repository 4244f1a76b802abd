import Glibc

/// An address of IPv6, or of IPv4 in its mapped form (RFC 4291 section 2.5.5.2), without port or zone.
public struct IPAddress: Sendable, Hashable {
    private static let mapped: UInt64 = 0xFFFF_0000_0000

    private let high: UInt64
    private let low: UInt64

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The address without its port.
    init(_ address: SocketAddress) {
        self = address.withUnsafeAddressBytes { bytes in
            bytes.count == 4
                ? IPAddress(ipv4: Self.number(bytes))
                : IPAddress(ipv6: Self.number(bytes.prefix(8)), Self.number(bytes.suffix(8)))
        }
    }

    /// An address of IPv4.
    init(ipv4 number: UInt64) {
        self.init(high: 0, low: Self.mapped | number)
    }

    /// An address of IPv6, by its two halves.
    init(ipv6 high: UInt64, _ low: UInt64) {
        self.init(high: high, low: low)
    }

    /// An address as it is written: `192.0.2.7` or `2001:db8::7`. Nil for anything else, names among it.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count < INET6_ADDRSTRLEN, !text.utf8.contains(0) else { return nil }
        let text = String(text)
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 {
            self.init(high: 0, low: Self.mapped | Self.number(bytes[..<4]))
        } else if inet_pton(AF_INET6, text, &bytes) == 1 {
            self.init(high: Self.number(bytes[..<8]), low: Self.number(bytes[8...]))
        } else {
            return nil
        }
    }

    /// The address that has these 4 or 16 bytes in network order; nil for any other number of them.
    public init?(networkOrder bytes: [UInt8]) {
        switch bytes.count {
        case 4: self.init(ipv4: Self.number(bytes))
        case 16: self.init(ipv6: Self.number(bytes.prefix(8)), Self.number(bytes.suffix(8)))
        default: return nil
        }
    }

    private static func number(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Whether it is one of IPv4.
    public var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

    /// Whether it is of this machine's loopback interface: 127.0.0.0/8 or ::1.
    public var isLoopback: Bool { isIPv4 ? low >> 24 & 0xFF == 127 : high == 0 && low == 1 }

    /// The part that one customer of a network has: all of an IPv4 address, the first 64 bits of one of IPv6 (RFC 6177),
    /// so that it makes no difference from which of its addresses a machine comes. Of both kinds none is the other's:
    /// IPv6 keeps 0::/8 for itself.
    public var network: UInt64 { isIPv4 ? low : high }

    /// Whether both begin with the same bits.
    /// - Parameter bits: how many of the 128 of the mapped form; 0 to 128.
    public func isEqual(to other: IPAddress, bits: Int) -> Bool {
        let high = high ^ other.high
        let low = low ^ other.low
        if bits <= 64 { return high >> UInt64(64 - bits) == 0 }
        return high == 0 && low >> UInt64(128 - bits) == 0
    }

    /// Whether all bits behind the first so many of the mapped form are zero.
    public func isZero(after bits: Int) -> Bool {
        bits <= 64 ? low == 0 && high << UInt64(bits) == 0 : low << UInt64(bits - 64) == 0
    }

    /// As it is written (RFC 5952).
    public var text: String {
        let isIPv4 = isIPv4
        let bytes = (isIPv4 ? [] : Self.bytes(high)) + (isIPv4 ? Self.bytes(low).suffix(4) : Self.bytes(low))
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(isIPv4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The 16 bytes of it, in network order.
    var bytes: [UInt8] { Self.bytes(high) + Self.bytes(low) }

    private static func bytes(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) }
    }
}
