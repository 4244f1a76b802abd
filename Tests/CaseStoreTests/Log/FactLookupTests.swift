import Complaints
import Testing

@testable import CaseStore

@Suite("One fact of many is read without the rest")
struct FactLookupTests {
    private let json = FactCoding.encode([
        Fact("text", .text(#"["amount",7],["currency","EUR"] ["above_limit",true]"#)), Fact("of", .integer(12)),
        Fact("amount", .integer(50_000)), Fact("currency", .text("USD")), Fact("above_limit", .boolean(true)),
        Fact("approved", .boolean(false)),
    ])

    @Test("numbers, flags and amounts, and none that only a text speaks of")
    func values() {
        #expect(FactCoding.integer("of", in: json) == 12)
        #expect(FactCoding.integer("amount", in: json) == 50_000)
        #expect(FactCoding.integer("currency", in: json) == nil)
        #expect(FactCoding.integer("by", in: json) == nil)
        #expect(FactCoding.flag("above_limit", in: json))
        #expect(!FactCoding.flag("approved", in: json))
        #expect(!FactCoding.flag("under_threat", in: json))
        #expect(FactCoding.money("amount", in: json) == Money(amount: 50_000, currency: .usDollar))
        #expect(FactCoding.money("value_at_stake", in: json) == nil)
        #expect(FactCoding.money("amount", in: FactCoding.encode([Fact("amount", .integer(1))])) == nil)
    }

    @Test("nothing at all has no facts")
    func nothing() {
        for json in ["", "[]"] {
            #expect(FactCoding.text("owner", in: json) == nil)
            #expect(FactCoding.integer("of", in: json) == nil)
            #expect(!FactCoding.flag("approved", in: json))
        }
    }
}
