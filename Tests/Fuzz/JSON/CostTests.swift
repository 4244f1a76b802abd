import FuzzCost
import TestSupport
import Testing

@Suite("What costs more than its bytes")
struct CostTests {
    @Test("is nothing that has as much in as few bytes as it can", arguments: [Cost.shortest, 12_000, 63_000])
    func kinds(count: Int) {
        for kind in CostCheck.kinds(of: count) {
            #expect(CostCheck.violations(kind.bytes) == [], "\(kind.name)")
        }
    }

    @Test("and nothing that fuzzing started from and found")
    func corpus() throws {
        for input in try CorpusInput.all(beside: #filePath) {
            #expect(CostCheck.violations(input.bytes) == [], "\(input.name)")
        }
    }
}
