import Testing

@testable import HTTPServer

@Suite("A connection's token")
struct ConnectionTokenTests {
    @Test("names a place and its tenant, and is never the listener's")
    func holdsBoth() {
        let token = ConnectionToken(index: 70_000, generation: 9)
        #expect(token.index == 70_000)
        #expect(token.generation == 9)
        #expect(token != ConnectionToken(index: 70_000, generation: 10))
        #expect(token != .listener)
    }
}
