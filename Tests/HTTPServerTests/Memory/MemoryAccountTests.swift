import TestSupport
import Testing

@testable import HTTPServer

@Suite("The account of memory")
struct MemoryAccountTests {
    @Test("has less room for what is long, and keeps some for each connection")
    func room() {
        let account = MemoryAccount(limit: 1 << 20, connections: 64)
        let steps = [(0, true, true), (576 << 10, false, true), (768 << 10, false, false), (1 << 20, false, false)]
        for (held, long, short) in steps {
            account.take(held - account.held)
            #expect(account.hasRoom(for: .long) == long)
            #expect(account.hasRoom(for: .short) == short)
        }
        #expect(!account.isOverdrawn)
        account.take(1)
        #expect(account.isOverdrawn)
    }

    @Test(
        "leaves half of the limit to all, however many connections there may be", arguments: [1 << 20, 1 << 40, .max])
    func manyConnections(connections: Int) {
        let account = MemoryAccount(limit: 1 << 20, connections: connections)
        account.take((512 << 10) - 1)
        #expect(account.hasRoom(for: .short))
        account.take(1)
        #expect(!account.hasRoom(for: .short))
    }

    @Test("has on it what loops hold, and little more, whatever they take and give")
    func loops() {
        let account = MemoryAccount(limit: 16 << 20)
        var random = SeededRandom(7)
        do {
            let loops = (0..<4).map { _ in LoopMemory(account) }
            var held = [0, 0, 0, 0]
            for _ in 0..<20_000 {
                let index = Int.random(in: 0..<4, using: &random)
                let change =
                    Int.random(in: -held[index]...300_000, using: &random) / Int.random(in: 1...9, using: &random)
                held[index] += change
                loops[index].change(by: change)
                let total = held.reduce(0, +)
                #expect(total <= account.held && account.held <= total + 4 * 2 * account.chunk)
            }
            withExtendedLifetime(loops) {}
        }
        #expect(account.held == 0)
    }

    @Test("has those that wait go on in their order, the short before the long")
    func order() {
        let account = MemoryAccount(limit: 1 << 20, connections: 64)
        let memory = LoopMemory(account)
        let tokens = (0..<6).map { ConnectionToken(index: $0, generation: 0) }
        account.take(800 << 10)
        for (index, token) in tokens.enumerated() { memory.wait(token, for: index % 2 == 0 ? .long : .short) }
        #expect(memory.nextWaiter() == nil)
        account.give(100 << 10)
        #expect(memory.nextWaiter() == tokens[1])
        #expect(memory.nextWaiter() == tokens[3])
        #expect(memory.nextWaiter() == tokens[5])
        #expect(memory.nextWaiter() == nil)
        account.give(700 << 10)
        #expect(memory.nextWaiter() == tokens[0])
        #expect(memory.nextWaiter() == tokens[2])
        #expect(memory.nextWaiter() == tokens[4])
        #expect(!memory.isWaitedFor)
    }
}
