import Complaints

/// Tells a leap of the wall clock from time that passes, by the boot clock (CLOCK_BOOTTIME): nobody sets that, and it
/// goes on while the machine is suspended. What lies between the two is the time of the boot by the wall clock; as long
/// as that changes by little, as time servers have it, the wall clock is believed.
struct LeapDetector {
    private let wallClock: @Sendable () -> Instant
    /// Nil where a test sets the time: then it is always believed.
    private let bootClock: (@Sendable () -> ElapsedTime)?
    /// When the machine was booted by the wall clock, as far as that is believed; means nothing without a boot clock.
    private var booted: Instant
    /// What the wall clock said when it was last believed.
    private var seen: Instant
    /// How far it has leapt; nil while it is believed.
    private(set) var leap: ElapsedTime?

    init(wallClock: @escaping @Sendable () -> Instant, bootClock: (@Sendable () -> ElapsedTime)?) {
        self.wallClock = wallClock
        self.bootClock = bootClock
        seen = wallClock()
        booted = seen - (bootClock?() ?? .zero)
    }

    /// When the machine was booted by the wall clock: as far as that is believed, and as it says.
    var boots: (believed: Instant, told: Instant)? { bootClock == nil ? nil : (booted, booted + (leap ?? .zero)) }

    /// What time it is: the wall clock's as long as it is believed, else what it should be.
    mutating func time() -> Instant {
        guard let bootClock else { return wallClock() }
        let (wall, uptime) = reading(bootClock)
        let drift = wall - uptime - booted
        guard drift.magnitude <= ClockTrouble.limit else {
            leap = drift
            return booted + uptime
        }
        leap = nil
        booted = booted + drift
        seen = wall
        return wall
    }

    /// The same for a read, which is looked at closely only when the wall clock is not about where it was just now.
    mutating func roughTime() -> Instant {
        let wall = wallClock()
        if bootClock == nil || leap == nil && (wall - seen).magnitude <= ClockTrouble.limit { return wall }
        return time()
    }

    /// Believes the wall clock from now on.
    mutating func accept() {
        guard let bootClock else { return }
        let (wall, uptime) = reading(bootClock)
        booted = wall - uptime
        seen = wall
        leap = nil
    }

    /// Both clocks at the same moment, or nearly: a thread that is put off between them, or a machine that is suspended,
    /// would see a leap that there was none of.
    private func reading(_ bootClock: () -> ElapsedTime) -> (wall: Instant, uptime: ElapsedTime) {
        var (before, wall, after) = (bootClock(), wallClock(), bootClock())
        for _ in 0..<10 where (after - before).milliseconds > 100 {
            (before, wall, after) = (bootClock(), wallClock(), bootClock())
        }
        return (wall, after)
    }
}

extension Instant {
    static func - (instant: Instant, span: ElapsedTime) -> Instant {
        Instant(milliseconds: instant.milliseconds - span.milliseconds)
    }
}

extension ElapsedTime {
    static func - (a: ElapsedTime, b: ElapsedTime) -> ElapsedTime {
        ElapsedTime(milliseconds: a.milliseconds - b.milliseconds)
    }
}
