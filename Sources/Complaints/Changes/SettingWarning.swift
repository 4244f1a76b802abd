/// Something that whoever changes a calendar, a policy or an absence is told of it: what it takes away, or what nobody reaches by it. It
/// refuses nothing.
public enum SettingWarning: Sendable, Hashable {
    /// Special days of the version before, from today on, that this one has not.
    case specialDaysRemoved([SpecialDay])
    /// Special days that are new, and on which the version of then holds still: this one holds from a later date on.
    case specialDaysPast([SpecialDay], from: CivilDate)
    /// Versions that were planned, and hold no more.
    case plannedReplaced([CalendarVersion])
    /// A calendar without any hours.
    case neverOpen
    /// Hours of a day that last longer than people work.
    case longHours(day: String, OpenInterval)
    /// A calendar that holds from a date before there were computers: a year was mistyped.
    case longAgo(CivilDate)
    /// No case, owner or other calendar has that team.
    case newTeam(NewName)
    /// Nobody is known by the name of the supervisor.
    case newName(NewName)
    /// A rule in use that every case fits: those behind it are no case's.
    case fitsAll
    /// A rule in use behind another one that every case fits which fits it.
    case neverReached(behind: String)
    /// What is promised by itself is due soon as it is made.
    case dueSoonAtOnce
    /// So many promises of theirs are due while they are away.
    case dueInAbsence(owner: String, count: Int)
    /// Whom to turn to is away then, too.
    case standInAbsent(owner: String, Absence)
    /// They are whom to turn to while those are away.
    case isStandIn(for: [String])

    /// Which it is, for programs.
    public enum Code: String, Vocabulary {
        /// `specialDaysRemoved`.
        case specialDaysRemoved = "special_days_removed"
        /// `specialDaysPast`.
        case specialDaysPast = "special_days_past"
        /// `plannedReplaced`.
        case plannedReplaced = "planned_replaced"
        /// `neverOpen`.
        case neverOpen = "never_open"
        /// `longHours`.
        case longHours = "long_hours"
        /// `longAgo`.
        case longAgo = "long_ago"
        /// `newTeam`.
        case newTeam = "new_team"
        /// `newName`.
        case newName = "new_name"
        /// `fitsAll`.
        case fitsAll = "fits_all"
        /// `neverReached`.
        case neverReached = "never_reached"
        /// `dueSoonAtOnce`.
        case dueSoonAtOnce = "due_soon_at_once"
        /// `dueInAbsence`.
        case dueInAbsence = "due_in_absence"
        /// `standInAbsent`.
        case standInAbsent = "stand_in_absent"
        /// `isStandIn`.
        case isStandIn = "is_stand_in"
    }

    /// Which it is.
    public var code: Code {
        switch self {
        case .specialDaysRemoved: .specialDaysRemoved
        case .specialDaysPast: .specialDaysPast
        case .plannedReplaced: .plannedReplaced
        case .neverOpen: .neverOpen
        case .longHours: .longHours
        case .longAgo: .longAgo
        case .newTeam: .newTeam
        case .newName: .newName
        case .fitsAll: .fitsAll
        case .neverReached: .neverReached
        case .dueSoonAtOnce: .dueSoonAtOnce
        case .dueInAbsence: .dueInAbsence
        case .standInAbsent: .standInAbsent
        case .isStandIn: .isStandIn
        }
    }

    /// What to do about it, in a sentence for people.
    public var detail: String {
        switch self {
        case .specialDaysRemoved(let days):
            return
                "\(days.count) special days of the version before are not in this one: \(days.named). A calendar is sent as a "
                + "whole: send them with it where they are to stay."
        case .specialDaysPast(let days, let date):
            return
                "\(days.count) special days lie before \(date.iso8601), from which this version holds: \(days.named). These stay "
                + "as they were; send it with an effective_from where they are to be so."
        case .plannedReplaced(let versions):
            let named = versions.map { "\($0.number) (from \($0.effectiveFrom?.iso8601 ?? "ever"))" }
                .joined(separator: ", ")
            return "What was planned does not hold any more: version \(named). Send it again where it is to come."
        case .neverOpen: return "It is never open: nothing can be promised in its business time."
        case .longHours(let day, let hours):
            return
                "\(day) \(hours.opening)-\(hours.closing) are \(hours.length / 60) hours; a close that is not after the "
                + "opening is one of the next day."
        case .longAgo(let date): return "It holds from \(date.iso8601) on: was another year meant?"
        case .newTeam(let new):
            return "No case, owner or other calendar has the team \(new.name)." + new.suggestion
        case .newName(let new): return new.detail
        case .fitsAll:
            return
                "It asks for nothing, so every case that no policy before it is for is its: those behind it are no case's."
        case .neverReached(let name):
            return "It is no case's: every case that it fits, \(name) before it is for."
        case .dueSoonAtOnce:
            return "warn_ahead is not shorter than acknowledge_in: what it promises by itself is due soon at once."
        case .dueInAbsence(let owner, let count):
            return
                "\(count) of what \(owner) has promised \(count == 1 ? "is" : "are") due in it, and stay with \(owner): "
                + "GET /v1/promises takes in_absence=true, and handover gives them to somebody else."
        case .standInAbsent(let owner, let absence):
            return "\(owner) is away too, \(absence.words): name somebody else."
        case .isStandIn(let owners):
            return "They are the stand-in of \(owners.joined(separator: ", ")), who are away then too."
        }
    }
}

extension [SpecialDay] {
    /// The first of them by name, and how many more there are.
    fileprivate var named: String {
        let first = prefix(3).map { "\($0.name) (\($0.date.iso8601))" }.joined(separator: ", ")
        return count > 3 ? "\(first) and \(count - 3) more" : first
    }
}

extension BusinessCalendar {
    /// What whoever just made this version is to be told, but for names.
    ///
    /// - Parameters:
    ///   - last: the calendar as it was before; nil where it is new.
    ///   - versions: all that there are now, this one last.
    package func warnings(after last: CalendarRecord?, among versions: [CalendarVersion], at now: Instant)
        -> [SettingWarning]
    {
        var warnings: [SettingWarning] = []
        let today = CivilDate(of: now, in: ZoneDatabase.system.zone(named: timeZone) ?? .utc)
        if let last {
            let kept = KnownDays(specialDays)
            let removed = last.calendar.specialDays.filter { ($0.yearly || $0.date >= today) && kept[$0] == nil }
            if !removed.isEmpty { warnings.append(.specialDaysRemoved(removed)) }
            if let effectiveFrom {
                let known = KnownDays(last.calendar.specialDays)
                let past = specialDays.filter { !$0.yearly && $0.date < effectiveFrom && known[$0] == nil }
                if !past.isEmpty { warnings.append(.specialDaysPast(past, from: effectiveFrom)) }
            }
            let held = Set(versions.inForce(from: today).map(\.number))
            let replaced = last.versions.inForce(from: today).filter {
                !held.contains($0.number) && !$0.begins(by: today)
            }
            if !replaced.isEmpty { warnings.append(.plannedReplaced(replaced)) }
        }
        if weekly.isEmpty, specialDays.allSatisfy(\.hours.isEmpty) { warnings.append(.neverOpen) }
        for day in Weekday.allCases {
            for hours in weekly[day] ?? [] where (Self.mostHours..<OpenInterval.day).contains(hours.length) {
                warnings.append(.longHours(day: day.name, hours))
            }
        }
        if let effectiveFrom, effectiveFrom.daysSince1970 < 0 { warnings.append(.longAgo(effectiveFrom)) }
        return warnings
    }

    /// In minutes.
    private static let mostHours = 16 * 60
}

extension PolicyRules {
    /// What whoever just changed one of these policies is to be told, but for names.
    package func warnings(of policy: Policy) -> [SettingWarning] {
        var warnings: [SettingWarning] = []
        if policy.severity == nil, policy.rule.active {
            let before = active.prefix { $0.id != policy.id }
            if let other = before.first(where: { $0.rule.covers(policy.rule) }) {
                warnings.append(.neverReached(behind: other.name))
            } else if PolicyCondition.all.allSatisfy({ $0.wanted(by: policy.rule).isEmpty }) {
                warnings.append(.fitsAll)
            }
        }
        if policy.warnAhead >= policy.acknowledgeIn { warnings.append(.dueSoonAtOnce) }
        return warnings
    }
}

extension PolicyRule {
    /// Whether every case that fits another rule fits this one.
    fileprivate func covers(_ other: PolicyRule) -> Bool {
        PolicyCondition.all.allSatisfy { condition in
            let wanted = Set(condition.wanted(by: self).map(condition.compared))
            let others = condition.wanted(by: other).map(condition.compared)
            return wanted.isEmpty || !others.isEmpty && wanted.isSuperset(of: others)
        }
    }
}
