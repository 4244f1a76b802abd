import Testing

@testable import HTTPServer

@Suite("The registry of connections")
struct ConnectionRegistryTests {
    let here = PeerAddress(host: "127.0.0.1", isLoopback: true)
    let there = PeerAddress(host: "192.0.2.1", isLoopback: false)

    @Test("puts a connection on the loop that has the fewest")
    func balances() {
        let registry = ConnectionRegistry(loops: 2, limit: 10, limitPerPeer: nil)
        var loops: [Int] = []
        for _ in 0..<6 {
            if case .welcome(let loop) = registry.admit(here, preferred: 0, mayMove: true) { loops.append(loop) }
        }
        #expect(loops.filter { $0 == 0 }.count == 3)
        #expect(loops.count == 6)
    }

    @Test("refuses past its bounds, and welcomes again when one has gone")
    func bounds() {
        let registry = ConnectionRegistry(loops: 1, limit: 3, limitPerPeer: 2)
        func admit(_ peer: PeerAddress) -> String {
            switch registry.admit(peer, preferred: 0, mayMove: false) {
            case .welcome: "welcome"
            case .refused(_, let refusal): refusal.code.rawValue
            case .turnedAway: "turned away"
            }
        }
        #expect(admit(there) == "welcome")
        #expect(admit(there) == "welcome")
        #expect(admit(there) == "busy")
        #expect(admit(here) == "busy")
        for _ in 0..<4 { registry.remove(there, loop: 0) }
        #expect(registry.total == 0)
        #expect(admit(here) == "welcome")
        for _ in 0..<1000 { _ = admit(there) }
        #expect(admit(there) == "turned away")
    }
}
