/// The configured timeouts as nanoseconds, since deadlines are set with every request.
struct LoopTimeouts {
    /// A `Pace` in nanoseconds.
    struct Transfer {
        let grace: Int64
        let nanosecondsPerByte: Int64

        init(_ pace: Pace) {
            grace = pace.grace.nanoseconds
            nanosecondsPerByte = 1_000_000_000 / Int64(pace.bytesPerSecond)
        }

        /// When a transfer is too slow that began at `start` and has moved `bytes`.
        func deadline(start: MonotonicTime, bytes: Int) -> MonotonicTime {
            start + grace + Int64(bytes) &* nanosecondsPerByte
        }
    }

    let header: Int64
    let body: Transfer
    let idle: Int64
    let write: Transfer
    let linger: Int64
    let memory: Int64

    init(_ timeouts: ServerTimeouts) {
        header = timeouts.header.nanoseconds
        body = Transfer(timeouts.body)
        idle = timeouts.idle.nanoseconds
        write = Transfer(timeouts.write)
        linger = timeouts.linger.nanoseconds
        memory = timeouts.memory.nanoseconds
    }

    /// Those of a server that drains: nobody is waited for longer than need be.
    static func draining(_ timeouts: ServerTimeouts) -> LoopTimeouts {
        var timeouts = timeouts
        timeouts.idle = min(timeouts.idle, timeouts.drainIdle)
        timeouts.linger = min(timeouts.linger, .seconds(1))
        return LoopTimeouts(timeouts)
    }
}
