import Testing

@testable import Board

@Suite("Scales of charts")
struct ChartScaleTests {
    @Test(
        "end at the first round figure that no value exceeds",
        arguments: [
            (0.0, 1.0, 1.0), (0.4, 0.4, 0.1), (1, 1, 0.5), (1.2, 1.5, 0.5), (7, 8, 2), (10, 10, 5), (37, 40, 10),
            (230, 300, 100), (9_999, 10_000, 2000),
        ])
    func round(most: Double, top: Double, step: Double) {
        let scale = ChartScale(upTo: most)
        #expect(abs(scale.top - top) < 1e-9 && abs(scale.step - step) < 1e-9, "\(scale)")
        #expect((2...6).contains(scale.ticks.count))
        #expect(scale.ticks.first == 0)
        #expect(abs((scale.ticks.last ?? 0) - top) < 1e-9)
    }

    @Test("of counts have no line for a half", arguments: 0...200)
    func counts(most: Int) {
        let scale = ChartScale(upToCount: most)
        #expect(scale.top >= Double(max(1, most)))
        #expect(scale.ticks.allSatisfy { $0 == $0.rounded() }, "\(scale.ticks)")
    }

    @Test("have a value between bottom and top, whatever it is")
    func shares() {
        let scale = ChartScale(upToCount: 40)
        #expect(scale.share(0) == 0 && scale.share(20) == 0.5 && scale.share(40) == 1)
        #expect(scale.share(-1) == 0 && scale.share(41) == 1)
        #expect(ChartScale(upTo: .infinity).top == 1 && ChartScale(upTo: .nan).top == 1)
    }
}
