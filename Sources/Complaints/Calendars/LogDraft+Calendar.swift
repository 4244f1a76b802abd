extension LogDraft {
    /// That a calendar has a new version: what is in it as it is, and as it was where the version before had it otherwise.
    ///
    /// - Parameter before: the version before it; nil for the first.
    public static func calendarUpdated(
        from before: BusinessCalendar?, to after: BusinessCalendar, at now: Instant
    ) -> LogDraft {
        var facts = [Fact("effective_from", .text(after.effectiveFrom?.iso8601 ?? ""))]
        func add(_ name: String, _ text: (BusinessCalendar) -> String) {
            let (new, old) = (text(after), before.map(text))
            if let old, new.isExactly(old) { return }
            facts.append(Fact(name, .text(new)))
            if let old { facts.append(Fact("\(name)_before", .text(old))) }
        }
        add("time_zone", \.timeZone)
        add("weekly", \.weeklyWords)
        var texts = [Fact("name", .text(after.name))]
        func add(_ name: String, _ items: (BusinessCalendar) -> [String]) {
            let (new, old) = (items(after).map { ExactText($0) }, before.map(items)?.map { ExactText($0) } ?? [])
            let (known, kept) = (Set(old), Set(new))
            let (added, removed) = (new.filter { !known.contains($0) }, old.filter { !kept.contains($0) })
            if !added.isEmpty { texts.append(Fact("\(name)_added", .texts(added.map(\.string)))) }
            if !removed.isEmpty { texts.append(Fact("\(name)_removed", .texts(removed.map(\.string)))) }
        }
        add("special_days") { $0.specialDays.map(\.words) }
        add("teams", \.teams)
        return LogDraft(.calendarUpdated, at: now, facts: facts, texts: texts)
    }
}

extension BusinessCalendar {
    /// `mon 09:00-12:00 13:00-17:30; tue 09:00-12:00`
    fileprivate var weeklyWords: String {
        Weekday.allCases.compactMap { day in
            weekly[day].flatMap { $0.isEmpty ? nil : "\(day.rawValue) \($0.words)" }
        }.joined(separator: "; ")
    }
}

extension SpecialDay {
    /// `2026-12-24 09:00-12:00 Christmas Eve`, `2026-12-25 closed yearly Christmas Day`
    fileprivate var words: String {
        "\(date.iso8601) \(hours.isEmpty ? "closed" : hours.words)\(yearly ? " yearly" : "") \(name)"
    }
}

extension [OpenInterval] {
    fileprivate var words: String { map { "\($0.opening)-\($0.closing)" }.joined(separator: " ") }
}
