extension Timetable {
    /// Whether the desk is open at an instant, or closes then.
    func isOpen(at instant: Instant) -> Bool {
        hours(around: instant, 0).contains { $0.opens <= instant && instant <= $0.closes }
    }

    /// When it opens next, within a month; nil where it does not.
    func nextOpening(after instant: Instant) -> Instant? {
        hours(around: instant, 31).lazy.map(\.opens).filter { $0 > instant }.min()
    }

    /// The hours of the date of an instant, of the dates before it whose nights may go on, and of so many after it.
    private func hours(around instant: Instant, _ days: Int) -> [OpenSpan] {
        let day = day(at: instant).day
        var spans: [OpenSpan] = []
        for number in day - 3...day + days { phase(on: number)?.spans(number, into: &spans) }
        return spans
    }
}
