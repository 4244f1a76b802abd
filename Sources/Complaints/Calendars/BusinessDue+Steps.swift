extension BusinessDue {
    /// What each date gave, in order. What is ordinary is put together where there is much of it, so that ten years have a
    /// hundred steps at most.
    public var steps: [BusinessStep] {
        var steps: [BusinessStep] = []
        if let days { add(days, to: &steps) }
        for entry in hours?.entries ?? [] { add(step(of: entry), to: &steps) }
        return steps
    }

    private func add(_ days: Days, to steps: inout [BusinessStep]) {
        var counted = 0
        if days.count != nil {
            let (day, phase) = table.day(at: start)
            var step = step(.start, day...day, phase.zone)
            step.days = 0
            add(step, to: &steps)
        }
        for entry in days.trail.entries {
            counted += entry.open
            // The last one is the date that it is due on.
            guard entry.last < days.date else { continue }
            let kind = entry.open == 0 ? BusinessStep.Kind.closed : .counted
            var step = step(kind, entry)
            step.days = counted
            add(step, to: &steps)
        }
        var step = step(hours == nil ? .due : .counted, days.date...days.date)
        step.name = table.phase(on: days.date)?.special.day(days.date)?.name
        (step.days, step.at, step.time) = (days.count, days.at, days.time)
        step.openDates = days.count == nil ? 0 : 1
        steps.append(step)
    }

    /// Dates that are closed for no reason of their own go together.
    private func add(_ step: BusinessStep, to steps: inout [BusinessStep]) {
        if let last = steps.last, step.kind == .closed, last.kind == .closed, step.name == nil, last.name == nil,
            step.specialDates == 0, last.specialDates == 0, step.zone == last.zone
        {
            steps[steps.count - 1].last = step.last
            steps[steps.count - 1].days = step.days
        } else {
            steps.append(step)
        }
    }

    /// A step of hours.
    private func step(of entry: DueTrail.Entry) -> BusinessStep {
        if entry.open == 0 { return step(.closed, entry) }
        guard entry.isOneDate else { return step(.together, entry) }
        var step = step(entry.taken == 0 ? .over : .open, entry)
        guard entry.taken > 0 else { return step }
        var cursor = entry.cursor
        for span in table.hours(on: CivilDate(daysSince1970: entry.first)) {
            let (from, to) = (max(span.opens, cursor), min(span.closes, instant))
            guard from < to else { continue }
            step.hours.append(BusinessHours(from: from, to: to))
            cursor = to
        }
        return step
    }

    private func step(_ kind: BusinessStep.Kind, _ entry: DueTrail.Entry) -> BusinessStep {
        var step = step(kind, entry.first...entry.last)
        if entry.isOneDate { step.name = table.phase(on: entry.first)?.special.day(entry.first)?.name }
        step.taken = ElapsedTime(milliseconds: entry.taken)
        (step.openDates, step.specialDates) = (entry.open, entry.special)
        return step
    }

    private func step(_ kind: BusinessStep.Kind, _ days: ClosedRange<Int>, _ zone: Zone? = nil) -> BusinessStep {
        BusinessStep(
            kind: kind, first: CivilDate(daysSince1970: days.lowerBound),
            last: CivilDate(daysSince1970: days.upperBound),
            zone: zone ?? (table.phase(on: days.lowerBound) ?? table.phases[0]).zone)
    }
}
