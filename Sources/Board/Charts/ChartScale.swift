/// The scale of a chart: from nothing to the first round figure that no value exceeds.
struct ChartScale {
    /// Where it ends.
    let top: Double
    /// From one line across the chart to the next.
    let step: Double

    /// A scale of shares: all of it is one.
    static let shares = ChartScale(top: 1, step: 0.5)

    private init(top: Double, step: Double) {
        self.top = top
        self.step = step
    }

    /// One on which these have room, with two to five lines. Of nothing it ends at one.
    init(upTo most: Double) {
        guard most.isFinite, most > 0 else {
            self.init(top: 1, step: 1)
            return
        }
        var power = 1.0
        while power * 10 <= most { power *= 10 }
        while power > most { power /= 10 }
        // The values are from one to ten times the power.
        let share = most / power
        let step = share <= 2 ? power / 2 : share <= 5 ? power : power * 2
        self.init(top: (most / step).rounded(.up) * step, step: step)
    }

    /// The same where values are whole numbers: no line stands for a half.
    init(upToCount most: Int) {
        let scale = ChartScale(upTo: Double(most))
        self = scale.step >= 1 ? scale : ChartScale(top: Double(max(1, most)), step: 1)
    }

    /// The figures at its lines, nothing first.
    var ticks: [Double] { Array(stride(from: 0, through: top + step / 2, by: step)).filter { $0 <= top * 1.0001 } }

    /// How far up a value is, from 0 to 1.
    func share(_ value: Double) -> Double { min(1, max(0, value / top)) }
}
