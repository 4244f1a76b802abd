import Synchronization

/// Account of all that clients make the servers of a process hold: what has come of requests that are not whole, requests
/// that are worked on, answers that wait for their turn or for their peer to take them, pieces of exports, and what is to
/// be compressed.
///
/// Who may hold how much more depends on how full it is, and on how much they hold already:
///
///     0 ........................ long .............. short .............. limit
///       everybody goes on            |                 |                    |
///                                    what is longer than 64 KiB waits for its turn, then gets 503
///                                                      what is longer than 4 KiB does too
///                                                                           who leaves more than 4 KiB unread is cut off
///
/// Between the last two there is room for 4 KiB of each connection, so that a request which comes in one piece, and an
/// answer that its peer takes, always go on. Loops take their part in chunks, so that a small request costs no atomic
/// operation.
public final class MemoryAccount: Sendable {
    /// 256 MiB.
    public static let usualLimit = 256 << 20
    /// What is longer waits before all others, in bytes.
    static let long = 64 * 1024
    /// What is no longer never waits, in bytes.
    static let tiny = 4 * 1024

    enum Size: CaseIterable {
        /// Longer than 64 KiB.
        case long
        /// Longer than 4 KiB.
        case short

        /// Nil for what never waits.
        init?(_ bytes: Int) {
            guard bytes > MemoryAccount.tiny else { return nil }
            self = bytes > MemoryAccount.long ? .long : .short
        }
    }

    /// How much may be held, in bytes.
    public let limit: Int
    private let longLimit: Int
    private let shortLimit: Int
    /// What loops take at a time.
    let chunk: Int

    private let taken = Atomic(0)
    private let waiting = Atomic(0)

    /// - Parameters:
    ///   - limit: bytes.
    ///   - connections: how many there may be at once; each may hold 4 KiB, whoever else holds how much, as far as that
    ///     is no more than half of the limit.
    /// - Precondition: the limit is positive.
    public init(limit: Int = usualLimit, connections: Int = 16_384) {
        precondition(limit > 0, "Something must be held.")
        self.limit = limit
        let (reserve, overflow) = connections.multipliedReportingOverflow(by: Self.tiny)
        shortLimit = max(limit / 2, limit - (overflow ? limit : reserve))
        longLimit = shortLimit / 4 * 3
        chunk = max(4096, min(256 * 1024, limit / 256))
    }

    /// How much is held, in bytes, but for what loops have taken ahead.
    public var held: Int { taken.load(ordering: .relaxed) }

    /// Whether more of what is so long may be held.
    func hasRoom(for size: Size) -> Bool {
        switch size {
        case .long: held < longLimit
        case .short: held < shortLimit
        }
    }

    /// Whether so many bytes more would still be within the limit.
    func hasRoom(for bytes: Int) -> Bool { held + bytes <= limit }

    /// Whether an answer that may be so long is worth making. A bound that is more than there is says little where hardly
    /// anything is held: what it comes to will show.
    func hasRoom(forAnswerOf bytes: Int) -> Bool {
        guard bytes > Self.long else { return true }
        let held = held
        return held < longLimit && (held + bytes <= limit || held < longLimit / 4)
    }

    /// Whether more is held than may be.
    var isOverdrawn: Bool { held > limit }

    func take(_ bytes: Int) {
        taken.add(bytes, ordering: .relaxed)
    }

    func give(_ bytes: Int) {
        taken.subtract(bytes, ordering: .relaxed)
    }

    /// Whether somebody waits for others to hold less.
    var isWaitedFor: Bool { waiting.load(ordering: .relaxed) > 0 }

    func beginWaiting() {
        waiting.add(1, ordering: .relaxed)
    }

    func endWaiting() {
        waiting.subtract(1, ordering: .relaxed)
    }
}
