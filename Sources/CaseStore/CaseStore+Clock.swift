public import Complaints

// What time it is.
extension CaseStore {
    /// What time it is, as the stamps have it.
    public var time: Instant { clock.check().now }

    /// Whether stamps lie ahead of the wall clock, which was set back: they go on from where they were.
    public var isWallBehindStamps: Bool { clock.isWallBehindStamps }

    /// Why the wall clock is not believed, if so: then no change is kept.
    public var clockTrouble: ClockTrouble? { clock.check().trouble }

    /// Looks at the clocks, which is to be done once a second: whether the wall clock has leapt, is back again, or is to be
    /// believed on an operator's word. Returns what time it is; nil while the wall clock is not believed.
    public func tick() -> Instant? {
        var (now, trouble) = clock.check()
        if let booted = lock?.acceptance {
            let refusal = clock.accept(booted: booted)
            options.observe(refusal.map { .clockNotAccepted($0.text) } ?? .clockAccepted(trouble))
            (now, trouble) = clock.check()
            // With that the operator's word is gone, and their command sees what came of it.
            publishClock(always: true)
        } else {
            publishClock()
        }
        return trouble == nil ? now : nil
    }

    /// For the commands beside this process.
    private func publishClock(always: Bool = false) {
        if let lock, let booted = clock.booted { lock.publish(booted: booted, always: always) }
    }

    /// Another process has changed something, by a clock that may have been wrong; or has seen another epoch.
    public func saw(record: Instant, _ epochs: Epochs) {
        clock.saw(record: record)
        writer.fence.saw(epochs)
    }
}
