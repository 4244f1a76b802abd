/// Index of calendars: which one is a team's, and by whose clocks it goes. It knows nothing of hours.
package struct CalendarBook: Sendable {
    /// A calendar, as far as it is known here.
    package struct Entry: Sendable {
        /// What the log numbers it with.
        package let id: Int64
        /// As it was given first.
        package let name: String
        /// Every version's, with the name of its zone, the first one first.
        package fileprivate(set) var versions: [(version: CalendarVersion, timeZone: String)]
        /// Those of its last version.
        fileprivate var teams: [FoldedName]

        /// The name of the zone whose clocks it goes by on a date.
        package func timeZone(on date: CivilDate) -> String? {
            (versions.last { $0.version.begins(by: date) } ?? versions.first)?.timeZone
        }
    }

    /// What the calendar is called that is for teams without one of their own.
    package static let defaultName = FoldedName("default")

    private var entries: [FoldedName: Entry] = [:]
    private var places: [FoldedName: FoldedName] = [:]

    /// One without any.
    package init() {}

    /// Takes in a version; those of one calendar come one after the other.
    package mutating func add(
        id: Int64, name: String, _ version: CalendarVersion, timeZone: String, teams: [String]
    ) {
        let key = FoldedName(name)
        var entry = entries[key] ?? Entry(id: id, name: name, versions: [], teams: [])
        for team in entry.teams where places[team] == key { places[team] = nil }
        entry.versions.append((version, timeZone))
        entry.teams = teams.map { FoldedName($0) }
        for team in entry.teams { places[team] = key }
        entries[key] = entry
    }

    /// Their folded names.
    package var names: [FoldedName] { Array(entries.keys) }

    /// How many there are.
    package var count: Int { entries.count }

    /// The calendar of that name.
    package subscript(name: FoldedName) -> Entry? { entries[name] }

    /// The calendar that names a team as its own; nil when none does.
    package func owner(of team: String) -> Entry? { places[FoldedName(team)].flatMap { entries[$0] } }

    /// The calendar that a team goes by: its own, else the one called `default`; nil when there is neither.
    package func calendar(ofTeam team: String?) -> Entry? {
        entries.isEmpty ? nil : team.flatMap { owner(of: $0) } ?? entries[Self.defaultName]
    }
}
