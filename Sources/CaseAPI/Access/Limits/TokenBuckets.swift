import Synchronization

/// A bucket of tokens for everybody who comes, in a table whose size is fixed however many they are.
///
/// A bucket is one instant, that at which it will be full again (the generic cell rate algorithm: ITU-T I.371): one that
/// is full already says nothing, so its place is free for somebody else. Where none is free, the one that will be full
/// first makes room: whoever floods the table from thousands of addresses can only make it forgetful, not large.
final class TokenBuckets: Sendable {
    private struct Bucket {
        var key: UInt64 = 0
        /// In nanoseconds of the caller's clock.
        var fullAt = Int64.min
    }

    /// Loops rarely meet at one of these locks, and hold it for some nanoseconds.
    private final class Shard: Sendable {
        let buckets = Mutex([Bucket](repeating: Bucket(), count: sets * ways))
    }

    private static let shardBits: UInt64 = 6
    private static let setBits: UInt64 = 6
    private static let sets = 1 << setBits
    private static let ways = 4
    /// How many buckets there are: 256 KiB of them.
    static let capacity = (1 << shardBits) * sets * ways

    private let limit: RateLimit
    private let shards = (0..<(1 << shardBits)).map { _ in Shard() }
    /// So that nobody can work out who shares a set with whom.
    private let seed = UInt64.random(in: .min ... .max)

    init(_ limit: RateLimit) {
        self.limit = limit
    }

    /// Takes a token out of the bucket of `key`.
    ///
    /// - Parameter now: nanoseconds of a clock that never goes back.
    /// - Returns: nil when there was one, else for how many nanoseconds there will be none.
    func take(_ key: UInt64, at now: Int64) -> Int64? {
        let hash = Self.mixed(key ^ seed)
        let shard = shards[Int(hash >> (64 - Self.shardBits))]
        let start = Int(hash >> (64 - Self.shardBits - Self.setBits) & UInt64(Self.sets - 1)) * Self.ways
        return shard.buckets.withLock { buckets in
            let place = Self.place(of: key, in: buckets, from: start)
            let fullAt = buckets[place].key == key ? max(buckets[place].fullAt, now) : now
            let wait = fullAt - now - (limit.burst - 1) * limit.interval
            guard wait <= 0 else { return wait }
            buckets[place] = Bucket(key: key, fullAt: fullAt + limit.interval)
            return nil
        }
    }

    /// Every bit of it depends on every bit of the number (the finalizer of MurmurHash3): keys that are alike, as addresses
    /// of one network are, must not share their sets more than others do, whatever the seed.
    private static func mixed(_ number: UInt64) -> UInt64 {
        var hash = (number ^ number >> 33) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ hash >> 33
    }

    /// Where the key's bucket is, or else the one that is full or will be first.
    private static func place(of key: UInt64, in buckets: [Bucket], from start: Int) -> Int {
        var first = start
        for place in start..<start + ways {
            if buckets[place].key == key { return place }
            if buckets[place].fullAt < buckets[first].fullAt { first = place }
        }
        return first
    }
}
