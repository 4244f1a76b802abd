extension Timetable {
    /// Whether the desk is open at an instant, or closes then.
    func isOpen(at instant: Instant) -> Bool {
        hours(around: instant, 0).contains { $0.opens <= instant && instant <= $0.closes }
    }

    /// So many dates off an opening is looked for.
    static let furthestOpening = 31

    /// When it opens next, within a month; nil where it does not.
    func nextOpening(after instant: Instant) -> Instant? {
        hours(around: instant, Self.furthestOpening).lazy.map(\.opens).filter { $0 > instant }.min()
    }

    /// The hours of the dates about that of an instant, up to so many after it.
    ///
    /// - Parameter first: where to begin; unless it is said, with the dates before it whose nights may go on.
    func hours(from first: Int = -3, around instant: Instant, _ days: Int) -> [OpenSpan] {
        let day = day(at: instant).day
        var spans: [OpenSpan] = []
        for number in day + first...day + days { phase(on: number)?.spans(number, into: &spans) }
        return spans
    }
}
