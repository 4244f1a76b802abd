import Testing

@testable import HTTPServer

@Suite("Request ids")
struct RequestIDsTests {
    @Test("are short, and never the same twice, also on different loops")
    func areUnique() {
        var loops = (0..<4).map { RequestIDs(loop: $0) }
        var seen: Set<String> = []
        for _ in 0..<1100 {
            for index in loops.indices {
                let id = loops[index].next()
                #expect(id.utf8.count <= 15)
                #expect(seen.insert(id).inserted)
            }
        }
    }
}
