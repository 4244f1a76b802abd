/// Makes the ids of one loop's requests: eight letters that are random to the loop, then a count. Up to a
/// thousand million requests they fit in a string that needs no memory of its own.
struct RequestIDs {
    private static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private let prefix: [UInt8]
    private var count: UInt64 = 0

    /// - Parameter loop: sets the ids of this process's loops apart for certain.
    init(loop: Int) {
        var random = UInt64.random(in: 0...UInt64.max) & ~0xFF | UInt64(truncatingIfNeeded: loop) & 0xFF
        var prefix: [UInt8] = []
        for _ in 0..<8 {
            prefix.append(Self.letters[Int(random & 31)])
            random >>= 5
        }
        self.prefix = prefix
    }

    mutating func next() -> String {
        count += 1
        var rest = count
        return String(unsafeUninitializedCapacity: 24) { buffer in
            for index in 0..<8 { buffer[index] = prefix[index] }
            var end = 8
            repeat {
                buffer[end] = Self.letters[Int(rest & 31)]
                rest >>= 5
                end += 1
            } while rest > 0
            return end
        }
    }
}
