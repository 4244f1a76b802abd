/// When a delivery that failed is tried again: exponential backoff with jitter, for three days.
public enum RetrySchedule {
    /// The pause after each attempt; the last one is taken again and again.
    public static let pauses: [ElapsedTime] = [
        .seconds(5), .seconds(30), .minutes(2), .minutes(10), .minutes(30), .hours(1), .hours(2), .hours(4), .hours(8),
    ]

    /// How long after it was first tried nobody believes in it any more.
    public static let end = ElapsedTime.days(3)

    /// By how much of it a pause is made longer at most, so that what failed together does not come back together.
    static let jitter = 0.25

    /// How long a receiver's own wish is followed at most: what it asks for beyond that would outlast the schedule.
    public static let longestWish = ElapsedTime.days(1)

    /// The pause after so many attempts.
    ///
    /// - Parameters:
    ///   - attempts: from 1 on.
    ///   - chance: from 0 up to 1, by chance.
    ///   - wish: what the receiver asked for, which a pause is never shorter than.
    public static func pause(after attempts: Int64, chance: Double, wish: ElapsedTime? = nil) -> ElapsedTime {
        let pause = pauses[Int(min(max(attempts, 1), Int64(pauses.count))) - 1].milliseconds
        let spread = pause + Int64(Double(pause) * jitter * min(max(chance, 0), 1))
        let wished = min(wish ?? .zero, longestWish)
        return max(ElapsedTime(milliseconds: spread), wished)
    }

    /// How long a receiver that takes nothing is left alone, by how often in a row it took nothing: other deliveries to it wait
    /// for as long, so that one that is dead costs next to nothing.
    public static func quiet(after failures: Int, wish: ElapsedTime? = nil) -> ElapsedTime {
        let doubled = Int64(1) << Int64(min(max(failures, 1), 7) - 1)
        return max(min(.seconds(doubled), .minutes(1)), min(wish ?? .zero, longestWish))
    }
}
