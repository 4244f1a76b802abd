import CaseAPI
import Complaints

/// The promises of a case in their chains: each with what took its place, as the API's promises name each other.
struct CaseChains {
    /// Each chain oldest first, in the order in which they began.
    let all: [[JSONValue]]

    init(_ promises: [JSONValue]) {
        var chains: [[JSONValue]] = []
        var places: [Int64: Int] = [:]
        for promise in promises {
            let id = promise["id"].integer ?? 0
            if let before = promise["supersedes"].integer, let place = places[before] {
                chains[place].append(promise)
                places[id] = place
            } else {
                places[id] = chains.count
                chains.append([promise])
            }
        }
        all = chains
    }

    /// As lines in time.
    ///
    /// - Parameter clock: the instant that the page shows, and by whose clocks.
    func timeline(_ clock: PageClock) -> PromiseTimeline {
        let lines = all.map { chain in
            PromiseTimeline.Chain(
                name: chain.last?["what"].text ?? "",
                events: chain.enumerated().flatMap { index, promise in
                    Self.events(of: promise, clock, isFirst: index == 0, isLast: index == chain.count - 1)
                })
        }
        let isOpen = all.contains { ["open", "overdue"].contains($0.last?["state"].text ?? "") }
        return PromiseTimeline(
            id: "promises-in-time", title: Texts.timelineTitle, summary: Texts.timelineSummary(chains: all.count),
            legend: PromiseTimeline.Mark.allCases.map { ($0, Texts.mark($0)) }, chains: lines,
            now: isOpen ? (clock.now, Texts.timelineNow) : nil)
    }

    private static func events(
        of promise: JSONValue, _ clock: PageClock, isFirst: Bool, isLast: Bool
    ) -> [PromiseTimeline.Event] {
        var events: [PromiseTimeline.Event] = []
        func add(_ mark: PromiseTimeline.Mark, _ at: Instant?) {
            guard let at else { return }
            events.append(
                PromiseTimeline.Event(
                    mark: mark, at: at, meaning: Texts.mark(mark, "\(clock.written(at)) (\(clock.zone.name))")))
        }
        let due = Instant(promise["due_at"])
        if isFirst { add(.made, Instant(promise["made_at"])) }
        add(isLast ? .due : .moved, due)
        let state = promise["state"].text ?? ""
        if ["broken", "overdue", "kept_late"].contains(state) { add(.missed, due) }
        if ["kept", "kept_late"].contains(state) { add(.kept, Instant(promise["kept_at"])) }
        return events
    }
}
