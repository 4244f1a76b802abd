import Glibc

/// A `sockaddr` of any family, and what people want to know of it.
struct SocketAddress {
    private(set) var storage = sockaddr_storage()
    private(set) var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    init() {}

    init(copying address: UnsafePointer<sockaddr>, length: socklen_t) {
        self.length = length
        withUnsafeMutableBytes(of: &storage) { storage in
            storage.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(length)))
        }
    }

    /// Of a Unix socket with that path, which has to be short enough for one.
    init(unixPath path: String) {
        storage.ss_family = sa_family_t(AF_UNIX)
        let start = MemoryLayout<sa_family_t>.size
        withUnsafeMutableBytes(of: &storage) { storage in
            // What comes behind is zero.
            storage.dropFirst(start).prefix(UnixAddress.longestPath).copyBytes(from: path.utf8)
        }
        length = socklen_t(start + path.utf8.count + 1)
    }

    var isUnix: Bool { family == AF_UNIX }

    var family: Int32 { Int32(storage.ss_family) }

    mutating func withMutablePointer<Result>(
        _ body: (UnsafeMutableRawPointer, UnsafeMutablePointer<socklen_t>) -> Result
    ) -> Result {
        withUnsafeMutablePointer(to: &length) { length in
            withUnsafeMutableBytes(of: &storage) { body($0.baseAddress!, length) }
        }
    }

    func withSockaddr<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    var port: UInt16 {
        withUnsafeBytes(of: storage) { bytes in
            // Both families have the port at the same place, in network order.
            UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: MemoryLayout<sa_family_t>.size, as: UInt16.self))
        }
    }

    /// The address in network order: 4 bytes of IPv4, else 16 of IPv6.
    func withUnsafeAddressBytes<Result>(_ body: (Slice<UnsafeRawBufferPointer>) -> Result) -> Result {
        withUnsafeBytes(of: storage) { body(family == AF_INET ? $0[4..<8] : $0[8..<24]) }
    }

    /// Numeric, without port or brackets. An IPv4 address that an IPv6 socket saw is written as IPv4.
    var host: String {
        let isIPv4 = family == AF_INET
        return withUnsafeBytes(of: storage) { bytes in
            let address = bytes[(isIPv4 ? 4 : 8)..<(isIPv4 ? 8 : 24)]
            if isIPv4 || Self.isMapped(address) {
                return address.suffix(4).map { String($0) }.joined(separator: ".")
            }
            var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
            inet_ntop(AF_INET6, UnsafeRawBufferPointer(rebasing: address).baseAddress, &text, socklen_t(text.count))
            return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    var isLoopback: Bool {
        withUnsafeBytes(of: storage) { bytes in
            if family == AF_INET { return bytes[4] == 127 }
            let address = bytes[8..<24]
            if Self.isMapped(address) { return address[address.startIndex + 12] == 127 }
            return address.dropLast().allSatisfy { $0 == 0 } && address.last == 1
        }
    }

    /// ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2).
    private static func isMapped(_ address: Slice<UnsafeRawBufferPointer>) -> Bool {
        address.prefix(10).allSatisfy { $0 == 0 } && address.dropFirst(10).prefix(2).allSatisfy { $0 == 0xFF }
    }
}
