import Synchronization

/// A body that is the same whenever it is asked for: all who get it share its bytes, and it is compressed once.
public final class KeptBody: Sendable {
    /// As it is.
    public let bytes: [UInt8]
    private let gzipped = Mutex<[UInt8]?>(nil)
    private let laidOut = Mutex<KeptBody?>(nil)

    /// A body that is there to stay.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The same laid out in another way, always the same one: it is made once.
    public func laidOut(_ make: ([UInt8]) -> [UInt8]) -> KeptBody {
        laidOut.withLock { laidOut in
            if let laidOut { return laidOut }
            let made = KeptBody(make(bytes))
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
