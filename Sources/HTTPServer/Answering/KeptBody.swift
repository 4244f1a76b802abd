import Synchronization

/// A body that is the same whenever it is asked for: all who get it share its bytes, and it is compressed once.
public final class KeptBody: Sendable {
    /// As it is.
    public let bytes: [UInt8]
    /// Whether it is there for good. One that is not counts in full for each who has yet to take it: nobody else may be
    /// there to keep it.
    let isLasting: Bool
    private let gzipped = Mutex<[UInt8]?>(nil)
    private let laidOut = Mutex<KeptBody?>(nil)

    /// A body that is there to stay, unless it is said that it is not.
    public init(_ bytes: [UInt8], isLasting: Bool = true) {
        self.bytes = bytes
        self.isLasting = isLasting
    }

    /// The same laid out in another way, always the same one: it is made once.
    public func laidOut(_ make: ([UInt8]) -> [UInt8]) -> KeptBody {
        laidOut.withLock { laidOut in
            if let laidOut { return laidOut }
            let made = KeptBody(make(bytes), isLasting: isLasting)
            laidOut = made
            return made
        }
    }

    /// As gzip; nil when there was no memory for it, and then it is tried again the next time.
    func gzip(_ make: ([UInt8]) -> [UInt8]?) -> [UInt8]? {
        gzipped.withLock { gzipped in
            if gzipped == nil { gzipped = make(bytes) }
            return gzipped
        }
    }
}
