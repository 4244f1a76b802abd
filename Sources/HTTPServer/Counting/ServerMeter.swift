import Synchronization

/// Where to read how a server is doing, from any thread.
public final class ServerMeter: Sendable {
    private let loops: [LoopCounters]
    private let registry: Mutex<ConnectionRegistry?> = Mutex(nil)
    private let routeCount: Int
    private let memory: MemoryAccount

    init(loops: [LoopCounters], routes: Int, memory: MemoryAccount) {
        self.memory = memory
        self.loops = loops
        routeCount = routes
    }

    func watch(_ registry: ConnectionRegistry) {
        self.registry.withLock { $0 = registry }
    }

    /// What the server has done so far.
    public func read() -> ServerCounters {
        var total = ServerCounters(routes: routeCount)
        for loop in loops { loop.add(to: &total) }
        total.connections = registry.withLock { $0?.total ?? 0 }
        total.memoryHeld = memory.held
        return total
    }
}
