import CZlib

/// What gzip puts around deflated bytes (RFC 1952): all there is to remember of a body that is coded in pieces.
struct GzipFrame: Sendable {
    private var checksum: UInt = 0
    private var count: UInt32 = 0

    /// Deflate, no name, no time; the fastest level, and a system that is not told.
    static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 4, 0xFF]

    /// Takes a part of the body as it is before it is deflated.
    mutating func add(_ bytes: [UInt8]) {
        checksum = bytes.withUnsafeBufferPointer { crc32(checksum, $0.baseAddress, UInt32($0.count)) }
        count &+= UInt32(truncatingIfNeeded: bytes.count)
    }

    /// What ends the body.
    var trailer: [UInt8] {
        [UInt32(truncatingIfNeeded: checksum), count].flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
        }
    }
}
