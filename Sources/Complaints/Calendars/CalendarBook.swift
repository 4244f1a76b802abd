/// Index of calendars: which one is a team's, and by whose clocks it goes. It knows nothing of hours.
package struct CalendarBook: Sendable {
    /// A calendar, as far as it is known here.
    package struct Entry: Sendable {
        /// What the log numbers it with.
        package let id: Int64
        /// As it was given first.
        package let name: String
        /// Every version's, the first one first.
        fileprivate var versions: [Version]

        fileprivate struct Version: Sendable {
            let version: CalendarVersion
            let timeZone: String
            let teams: Set<FoldedName>
        }

        /// The name of the zone whose clocks it goes by on a date.
        package func timeZone(on date: CivilDate) -> String? { inForce(on: date)?.timeZone }

        /// Before the first one, that is meant.
        private func inForce(on date: CivilDate) -> Version? {
            versions.last { $0.version.begins(by: date) } ?? versions.first
        }

        /// Whether a team goes by it at an instant. As its hours are, a version is in force from when its own clocks show its first date.
        fileprivate func has(_ team: FoldedName, at now: Instant) -> Bool {
            guard versions.contains(where: { !$0.teams.contains(team) }) else { return true }
            let held = versions.last { version in
                let zone = ZoneDatabase.system.zone(named: version.timeZone) ?? .utc
                return version.version.begins(by: CivilDate(of: now, in: zone))
            }
            return held?.teams.contains(team) ?? false
        }

        /// Whether a team goes by it on some date from that one on (nil: on any).
        fileprivate func has(_ team: FoldedName, from date: CivilDate?) -> Bool {
            let held = Set(versions.map(\.version).inForce(from: date).map(\.number))
            return versions.contains { held.contains($0.version.number) && $0.teams.contains(team) }
        }
    }

    /// What the calendar is called that is for teams without one of their own.
    package static let defaultName = FoldedName("default")

    private var entries: [FoldedName: Entry] = [:]
    /// The calendars that have a team in some version.
    private var places: [FoldedName: [FoldedName]] = [:]

    /// One without any.
    package init() {}

    /// Takes in a version; those of one calendar come one after the other.
    package mutating func add(
        id: Int64, name: String, _ version: CalendarVersion, timeZone: String, teams: [String]
    ) {
        let key = FoldedName(name)
        var entry = entries[key] ?? Entry(id: id, name: name, versions: [])
        let teams = Set(teams.map { FoldedName($0) })
        entry.versions.append(Entry.Version(version: version, timeZone: timeZone, teams: teams))
        for team in teams where !(places[team, default: []].contains(key)) { places[team, default: []].append(key) }
        entries[key] = entry
    }

    /// Their folded names.
    package var names: [FoldedName] { Array(entries.keys) }

    /// All of them, in the order in which they were first written.
    package var all: [Entry] { entries.values.sorted { $0.id < $1.id } }

    /// How many there are.
    package var count: Int { entries.count }

    /// The calendar of that name.
    package subscript(name: FoldedName) -> Entry? { entries[name] }

    /// A calendar, besides one of that name, that has a team on some date from that one on (nil: on any); nil when none does.
    package func other(than name: FoldedName?, having team: String, from date: CivilDate?) -> Entry? {
        let team = FoldedName(team)
        return places[team]?.lazy.filter { $0 != name }.compactMap { entries[$0] }.first { $0.has(team, from: date) }
    }

    /// The calendars that a team may go by at one time or another, its own before the one called `default`.
    package func calendars(everOf team: String?) -> [Entry] {
        let own = team.flatMap { places[FoldedName($0)] } ?? []
        return (own.filter { $0 != Self.defaultName } + [Self.defaultName]).compactMap { entries[$0] }
    }

    /// The calendar that a team goes by at an instant: its own, else the one called `default`; nil when there is neither.
    package func calendar(ofTeam team: String?, at now: Instant) -> Entry? {
        guard !entries.isEmpty else { return nil }
        if let team, !places.isEmpty {
            let team = FoldedName(team)
            let own = places[team]?.lazy.compactMap { entries[$0] }.first { $0.has(team, at: now) }
            if let own { return own }
        }
        return entries[Self.defaultName]
    }
}
