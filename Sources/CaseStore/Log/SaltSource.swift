import Foundation

/// Salts for the log's digests, from the system's random numbers: as many at once as it gives in one call.
final class SaltSource {
    private var drawn: [UInt8] = []

    /// What getentropy(3) gives at most.
    private static let drawnAtOnce = 256

    /// A salt that nobody else gets.
    func next() -> [UInt8] {
        if drawn.count < LogChain.saltSize { draw() }
        let salt = Array(drawn.suffix(LogChain.saltSize))
        drawn.removeLast(LogChain.saltSize)
        return salt
    }

    private func draw() {
        drawn = [UInt8](unsafeUninitializedCapacity: Self.drawnAtOnce) { bytes, count in
            precondition(getentropy(bytes.baseAddress, Self.drawnAtOnce) == 0)
            count = Self.drawnAtOnce
        }
    }
}
