public import Complaints
import GRDB

/// What whoever has just changed something is told of it.
extension WriteTransaction {
    /// Of a policy that was just changed.
    public func warnings(of policy: Policy, by actor: Actor) throws -> [SettingWarning] {
        let names = try look(at: [], people: policy.supervisor.map { [$0] } ?? [], by: actor).new
        return try record.policyRules().warnings(of: policy) + names.map(SettingWarning.newName)
    }

    /// Of a webhook that was just made or edited: by whom it goes, where nobody and nothing is known by that name, it is told nothing.
    public func warnings(of webhook: Webhook, by actor: Actor) throws -> [SettingWarning] {
        let fields = webhook.fields
        let names = try look(at: [], people: fields.owner.map { [$0] } ?? [], by: actor).new
        return try names.map(SettingWarning.newName) + unknown(team: fields.team).map(SettingWarning.newTeam)
    }

    /// Of a version of a calendar that was just made.
    ///
    /// - Parameter before: the calendar before it; nil where it is new.
    public func warnings(of calendar: CalendarRecord, after before: CalendarRecord?) throws -> [SettingWarning] {
        guard calendar.lastVersion != before?.lastVersion else { return [] }
        let old = Set((before?.calendar.teams ?? []).map { FoldedName($0) })
        let teams = try calendar.calendar.teams.filter { team in
            try !old.contains(FoldedName(team)) && !record.isKnown(team: team, besides: calendar)
        }
        return try calendar.calendar.warnings(after: before, among: calendar.versions, at: now)
            + teams.map { .newTeam(NewName($0, nearest: try record.nearestTeam(to: $0))) }
    }

    /// The team of a case where it was just given one that no case, owner or calendar has.
    func newTeam(of change: CaseChange) throws -> [CaseWarning] {
        let team = change.record.fields.team
        guard !team.isExactly(change.before?.record.fields.team) else { return [] }
        return try unknown(team: team).map(CaseWarning.newTeam)
    }

    /// The team that somebody most likely meant by one that no case, owner or calendar has; nil where one has it, and where none is near.
    package func teamMeant(by name: String) throws -> String? { try unknown(team: name).first?.nearest }

    /// A team that no case, owner or calendar has, with the nearest one that there is; empty for one that is known, and for none.
    private func unknown(team: String?) throws -> [NewName] {
        guard let team, try !owners.isKnown(team: FoldedName(team), record) else { return [] }
        return [NewName(team, nearest: try record.nearestTeam(to: team))]
    }
}
