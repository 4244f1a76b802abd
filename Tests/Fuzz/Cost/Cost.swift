import Glibc

/// Processor time of reading, in ratio to that of reading honest input of the same length in the same run. What grows
/// faster than its bytes do, or has a heavy hand for some of them, is dear beside that on whatever machine.
public enum Cost {
    /// How many times what is honest costs something may cost.
    public static let limit = 12.0
    /// Bytes below which nothing is long enough to be dear.
    public static let shortest = 4096

    /// The claim that does not hold, if it does not: that `work` costs no more than `limit` times what `honest` does.
    public static func violations(_ what: String, _ work: () -> Void, honest: () -> Void) -> [String] {
        guard time(work) > limit * time(honest) else { return [] }
        // It may have been a page fault or the scheduler: the least of several says what it costs by itself.
        let (least, usual) = (least(of: work), least(of: honest))
        guard least > limit * usual else { return [] }
        return ["\(what) costs \((least / usual).rounded()) times what is honest and of the same length"]
    }

    private static func least(of work: () -> Void) -> Double {
        (0..<7).map { _ in time(work) }.min() ?? .infinity
    }

    /// Of this thread alone, in nanoseconds.
    private static func time(_ work: () -> Void) -> Double {
        let start = now()
        work()
        return Double(max(1, now() - start))
    }

    private static func now() -> Int {
        var time = timespec()
        let result = clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        precondition(result == 0, "a thread has a clock of its own")
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    /// Bytes of what is honest at least: whatever is wrong may be told of once, and a short input has no less of that.
    public static let shortestHonest = 16_384

    /// `begin`, as many `piece`s as fit in `count` bytes, and `end`, with `separator` between the pieces.
    public static func filled(
        _ count: Int, _ begin: String = "", _ piece: (Int) -> String, separator: String = "", _ end: String = ""
    ) -> [UInt8] {
        var text = begin
        var index = 0
        while true {
            let next = (index == 0 ? "" : separator) + piece(index)
            guard text.utf8.count + next.utf8.count + end.utf8.count <= count || index == 0 else { break }
            text += next
            index += 1
        }
        return Array((text + end).utf8)
    }
}
