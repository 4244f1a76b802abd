import CEpoll
import Glibc

/// An epoll descriptor and room for one batch of its events. Used on its loop only.
final class Poller {
    /// More rounds a firing buy no throughput and cost p99.
    private static let batch = 128

    let descriptor: Int32
    private let events: UnsafeMutableBufferPointer<epoll_event>

    init() throws(StartError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw .system(call: "epoll_create1", reason: Listener.reason(errno)) }
        events = .allocate(capacity: Self.batch)
        events.initialize(repeating: epoll_event())
    }

    deinit {
        events.deallocate()
    }

    /// Whether the system took it; it refuses when out of memory or watches.
    func add(_ descriptor: Int32, events: UInt32, token: UInt64) -> Bool {
        control(EPOLL_CTL_ADD, descriptor, events, token)
    }

    func change(_ descriptor: Int32, events: UInt32, token: UInt64) {
        _ = control(EPOLL_CTL_MOD, descriptor, events, token)
    }

    func remove(_ descriptor: Int32) {
        _ = control(EPOLL_CTL_DEL, descriptor, 0, 0)
    }

    /// Looks for one batch of what is ready, or waits for so long until something is.
    /// - Returns: how many are ready; `ready` has them until the next call.
    func poll(waiting milliseconds: Int32) -> Int {
        max(0, Int(epoll_wait(descriptor, events.baseAddress, Int32(Self.batch), milliseconds)))
    }

    /// What the last call found.
    func ready(_ index: Int) -> (events: UInt32, token: UInt64) {
        (events[index].events, events[index].data.u64)
    }

    private func control(_ operation: Int32, _ descriptor: Int32, _ events: UInt32, _ token: UInt64) -> Bool {
        var event = epoll_event(events: events, data: epoll_data_t(u64: token))
        return epoll_ctl(self.descriptor, operation, descriptor, &event) == 0
    }
}
