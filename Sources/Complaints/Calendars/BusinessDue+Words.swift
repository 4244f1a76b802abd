extension BusinessDue {
    /// How it was counted, as a desk would read it out, and by what: `Fri 16:30-17:30 1 h; Sat, Sun closed; Mon Easter Monday;
    /// Tue 09:00-12:00 3 h (calendar default, version 3, Europe/Berlin, tzdata 2026a)`.
    public var explained: String { "\(words) (\(basis))" }

    /// How it was counted. Dates are told by their days of the week alone where none of these comes twice, and the date that
    /// was asked for by all of it.
    public var words: String {
        let steps = steps
        guard let first = steps.first?.first, let last = steps.last?.last else { return "" }
        let isDate = days.map { $0.count == nil } ?? false
        return words(steps, hasDates: isDate || last.daysSince1970 - first.daysSince1970 >= 7)
    }

    /// The same with every date in full.
    var datedWords: String { words(steps, hasDates: true) }

    private func words(_ steps: [BusinessStep], hasDates: Bool) -> String {
        steps.map { $0.words(hasDates: hasDates) }.joined(separator: "; ")
    }

    /// What was gone by: the calendar, its version, or versions, its zone, and the version of the time zone database.
    public var basis: String { table.basis(from: start, to: instant) }
}

extension Timetable {
    /// What is gone by between two instants: `calendar default, version 3, Europe/Berlin, tzdata 2026a`.
    func basis(from start: Instant, to end: Instant) -> String {
        let (first, last) = (day(at: start).phase, day(at: end).phase)
        let passed = phases.filter { $0.from >= first.from && $0.from <= last.from }
        let versions = passed.map { "\($0.calendar.version)" }
        var zones: [String] = []
        for zone in passed.map(\.zone.name) where !zones.contains(where: { $0.isExactly(zone) }) { zones.append(zone) }
        let version =
            versions.count > 1 ? "versions \(versions.joined(separator: ", "))" : "version \(versions.joined())"
        let database = zonesVersion.map { ", tzdata \($0)" } ?? ""
        return "calendar \(first.calendar.name), \(version), \(zones.joined(separator: " then "))\(database)"
    }
}

extension BusinessStep {
    fileprivate func words(hasDates: Bool) -> String {
        let dates = dates(hasDates)
        let named = name.map { "\(dates) \($0)" } ?? dates
        switch kind {
        case .start: return "\(named) day 0"
        case .open:
            let hours = hours.map { "\(clock($0.from))-\(clock($0.to, isEnd: true))" }
            return "\(named) \(hours.joined(separator: ", ")) \(taken.words)"
        case .over: return "\(named) no hours left"
        case .closed: return name == nil ? "\(dates) closed" : named
        case .counted where time != nil, .due:
            let number = days.map { " day \($0)" } ?? ""
            return "\(named)\(number)\(kind == .due ? ", due" : "")\(moment)"
        case .counted:
            guard let days else { return named }
            return openDates > 1
                ? "\(named) days \(days - openDates + 1) to \(days)" : "\(named) day \(days)"
        case .together: return "\(named) \(openDates) open \(openDates == 1 ? "day" : "days") \(taken.words)"
        }
    }

    private func dates(_ hasDates: Bool) -> String {
        func word(_ date: CivilDate) -> String {
            hasDates ? "\(date.weekday.short) \(date.iso8601)" : date.weekday.short
        }
        if first == last { return word(first) }
        return last.daysSince1970 - first.daysSince1970 == 1
            ? "\(word(first)), \(word(last))" : "\(word(first)) to \(word(last))"
    }

    /// When on its date it is due, or goes on.
    private var moment: String {
        guard let at, let time else { return "" }
        switch time {
        case .close: return " at its close \(clock(at, isEnd: true))"
        case .endOfDay: return " at its end, 24:00"
        case .sameTime, .clock: return kind == .due ? " at \(clock(at))" : " from \(clock(at))"
        }
    }

    /// What clocks show: `16:30`, with seconds where there are any; midnight at an end is 24:00.
    private func clock(_ instant: Instant, isEnd: Bool = false) -> String {
        let local = (instant.milliseconds + zone.offset(at: instant)).flooredDivision(by: 86_400_000).remainder
        let (minutes, rest) = Int(local / 1000).quotientAndRemainder(dividingBy: 60)
        if isEnd, local < 1000 { return OpenInterval.clock(OpenInterval.day) }
        return rest == 0 ? OpenInterval.clock(minutes) : "\(OpenInterval.clock(minutes)):\(rest < 10 ? "0" : "")\(rest)"
    }
}

extension ElapsedTime {
    /// In hours, minutes and seconds: `1 h 30 min`.
    fileprivate var words: String {
        let (hours, minutes) = (milliseconds / 3_600_000, milliseconds / 60_000 % 60)
        let (seconds, rest) = (milliseconds / 1000 % 60, milliseconds % 1000)
        var parts: [String] = []
        if hours > 0 { parts.append("\(hours) h") }
        if minutes > 0 { parts.append("\(minutes) min") }
        if rest > 0 {
            let digits = String(rest + 1000).dropFirst()
            parts.append("\(seconds).\(digits) s")
        } else if seconds > 0 {
            parts.append("\(seconds) s")
        }
        return parts.isEmpty ? "0 h" : parts.joined(separator: " ")
    }
}
